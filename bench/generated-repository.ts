import { RepositoryBuilder } from "../test/support/repository/build-repository.ts";

/**
 * A history in which each commit changes one Ingress file, or adds it, and one other file, by eight authors in turn. So
 * each Ingress came with a commit of its own.
 */
export function generateHistory(commits: number, fileCount: number): RepositoryBuilder {
  const builder = new RepositoryBuilder();
  const authors = Array.from({ length: 8 }, (_, index) => ({
    name: `Author ${index}`,
    email: `a${index}@example.com`,
  }));
  for (let number = 0; number < commits; number++) {
    const author = authors[number % authors.length] ?? { name: "Nobody", email: "" };
    const file = fileOf(number, fileCount);
    const files = {
      [pathOf(file)]: ingressText(file, number),
      [`src/module-${number % 90}.ts`]: `export default ${number};\n`,
    };
    builder.commit({ message: `change ${number}`, author, files });
  }
  return builder;
}

/** The numbers of the commits that changed a file. */
export function versionsOf(file: number, commits: number, fileCount: number): number[] {
  return Array.from({ length: commits }, (_, number) => number).filter(
    (number) => fileOf(number, fileCount) === file,
  );
}

/** A prime step, so that the first commits touch each file once. */
function fileOf(number: number, fileCount: number): number {
  return (number * 7919) % fileCount;
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
