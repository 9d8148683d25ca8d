import * as z from "zod";
import { flag, map, optionalText, text, texts } from "../field-schemas.ts";

const helm = z.object({
  releaseName: optionalText,
  valueFiles: texts,
  values: optionalText,
  valuesObject: map,
  parameters: z
    .array(z.object({ name: text, value: z.coerce.string().nullish(), forceString: flag }))
    .nullish(),
  fileParameters: z.array(z.object({ name: text, path: text })).nullish(),
  ignoreMissingValueFiles: flag,
  namespace: optionalText,
  kubeVersion: optionalText,
  apiVersions: texts,
});

const kustomize = z.object({
  namePrefix: optionalText,
  nameSuffix: optionalText,
  namespace: optionalText,
  commonLabels: map,
  commonAnnotations: map,
  labelWithoutSelector: flag,
  components: texts,
  patches: z.array(z.record(text, z.json())).nullish(),
});

const directory = z.object({
  recurse: flag,
  include: optionalText,
  exclude: optionalText,
  jsonnet: z.unknown().optional(),
});

const source = z.object({
  repoURL: text.default(""),
  path: optionalText,
  chart: optionalText,
  targetRevision: optionalText,
  ref: optionalText,
  helm: helm.nullish(),
  kustomize: kustomize.nullish(),
  directory: directory.nullish(),
  plugin: z.unknown().optional(),
});

const hydrator = z.object({
  drySource: z.object({ repoURL: text, path: text, targetRevision: optionalText }),
  syncSource: z.object({ targetBranch: text, path: text }),
});

const syncPolicy = z.object({
  automated: z.object({ selfHeal: flag, enabled: z.boolean().nullish() }).nullish(),
  syncOptions: texts,
});

const synced = z.object({ revision: optionalText, revisions: texts });

/**
 * What the audit needs to know of an Argo CD Application.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml
 */
export const application = z.object({
  metadata: z.object({ name: text, namespace: optionalText }),
  spec: z.object({
    source: source.nullish(),
    sources: z.array(source).nullish(),
    sourceHydrator: hydrator.nullish(),
    syncPolicy: syncPolicy.nullish().catch(null),
    ignoreDifferences: z.array(z.record(text, z.json())).nullish().catch(null),
    destination: z.object({ server: optionalText, name: optionalText, namespace: optionalText }).prefault({}),
  }),
  status: z
    .object({
      sync: synced.extend({ status: optionalText }).nullish(),
      history: z.array(synced).nullish(),
    })
    .nullish()
    // What it applies is known all the same.
    .catch(null),
});

export type Application = z.output<typeof application>;
export type ApplicationSource = z.output<typeof source>;
