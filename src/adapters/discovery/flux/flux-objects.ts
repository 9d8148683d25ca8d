import * as z from "zod";
import { flag, map, optionalText, text, texts } from "../field-schemas.ts";

const metadata = z.object({ name: text, namespace: optionalText });
const reference = z.object({ kind: text, name: text, namespace: optionalText });

const valuesReference = z.object({
  kind: text,
  name: text,
  valuesKey: optionalText,
  targetPath: optionalText,
  optional: flag,
});

/** @see https://fluxcd.io/flux/components/kustomize/kustomizations/ */
export const kustomization = z.object({
  metadata,
  spec: z.object({
    path: optionalText,
    sourceRef: reference,
    targetNamespace: optionalText,
    namePrefix: optionalText,
    nameSuffix: optionalText,
    commonMetadata: z
      .object({ labels: z.record(text, text).nullish(), annotations: z.record(text, text).nullish() })
      .nullish(),
    patches: z.array(z.record(text, z.json())).nullish(),
    components: texts,
    suspend: flag,
    kubeConfig: z.unknown().optional(),
    postBuild: z
      .object({
        substitute: z.record(text, z.coerce.string()).nullish(),
        substituteFrom: z.array(z.object({ kind: text, name: text, optional: flag })).nullish(),
      })
      .nullish(),
  }),
  status: z.object({ lastAppliedRevision: optionalText }).nullish(),
});

/** @see https://fluxcd.io/flux/components/helm/helmreleases/ */
export const helmRelease = z.object({
  metadata,
  spec: z.object({
    chart: z
      .object({
        // A template of an OCIRepository has a url instead.
        spec: z.object({
          chart: optionalText,
          sourceRef: reference.nullish(),
          url: optionalText,
          valuesFiles: texts,
          ignoreMissingValuesFiles: flag,
        }),
      })
      .nullish(),
    chartRef: reference.nullish(),
    releaseName: optionalText,
    targetNamespace: optionalText,
    values: map,
    valuesFrom: z.array(valuesReference).nullish(),
    postRenderers: z.array(z.unknown()).nullish(),
    suspend: flag,
    kubeConfig: z.unknown().optional(),
    driftDetection: z.object({ mode: optionalText }).nullish().catch(null),
  }),
});

/** @see https://fluxcd.io/flux/components/source/helmcharts/ */
export const helmChart = z.object({
  metadata,
  spec: z.object({ chart: text, sourceRef: reference, valuesFiles: texts, ignoreMissingValuesFiles: flag }),
});

/** @see https://fluxcd.io/flux/components/source/gitrepositories/ */
export const gitRepository = z.object({ metadata, spec: z.object({ url: text }) });

export type FluxKustomization = z.output<typeof kustomization>;
export type HelmRelease = z.output<typeof helmRelease>;
export type HelmChart = z.output<typeof helmChart>;
export type GitRepository = z.output<typeof gitRepository>;
export type SourceReference = z.output<typeof reference>;
