import { RepositoryBuilder } from "../test/support/repository/build-repository.ts";

/** A history in which each commit changes one Ingress file and one other file, by eight authors in turn. */
export function generateHistory(commits: number, fileCount: number): RepositoryBuilder {
  const builder = new RepositoryBuilder();
  const authors = Array.from({ length: 8 }, (_, index) => ({
    name: `Author ${index}`,
    email: `a${index}@example.com`,
  }));
  const first = Array.from({ length: fileCount }, (_, index) => [pathOf(index), ingressText(index, 0)]);
  for (let number = 0; number < commits; number++) {
    const author = authors[number % authors.length] ?? { name: "Nobody", email: "" };
    const file = (number * 7919) % fileCount;
    const change = {
      [pathOf(file)]: ingressText(file, number),
      [`src/module-${number % 90}.ts`]: `export default ${number};\n`,
    };
    const files = number === 0 ? Object.fromEntries(first) : change;
    builder.commit({ message: `change ${number}`, author, files });
  }
  return builder;
}

export function pathOf(file: number): string {
  return `deploy/team-${file % 20}/ingress-${file}.yaml`;
}

export function ingressText(file: number, version: number): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: app-${file}
  namespace: team-${file % 20}
  annotations:
    nginx.ingress.kubernetes.io/proxy-read-timeout: "${version}"
spec:
  ingressClassName: nginx
  tls:
    - hosts: [app-${file}.example.com]
      secretName: app-${file}-tls
  rules:
    - host: app-${file}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: app-${file}
                port:
                  number: 80
`;
}
