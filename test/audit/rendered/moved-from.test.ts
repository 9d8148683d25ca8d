import { expect, test } from "vitest";
import { movedFrom } from "../../../src/audit/rendered/moved-from.ts";
import type { PathChange } from "../../../src/ports/git-history.ts";
import { helmSource, kustomizeSource } from "../../support/renderers/render-files.ts";

const SHOP = { ...kustomizeSource("apps/shop"), id: "shop" };
const gone = (path: string, previousBlob = path): PathChange => ({ path, blob: null, previousBlob });
const came = (path: string, blob: string): PathChange => ({ path, blob, previousBlob: null });

test("a kustomization was in the folder whose kustomization the commit took away", () => {
  const changes = [
    came("apps/shop/kustomization.yaml", "1"),
    gone("old/shop/kustomization.yml", "1"),
    gone("old/shop/web.yaml"),
    gone("old/chart/Chart.yaml"),
    { path: "other/kustomization.yaml", blob: "3", previousBlob: "2" },
  ];

  const earlier = movedFrom(SHOP, changes);

  expect(earlier).toEqual([{ ...SHOP, id: "shop (from old/shop)", root: "old/shop" }]);
});

test("what came over unchanged goes first, and no more than eight are tried", () => {
  const others = Array.from({ length: 12 }, (_, index) => gone(`a/${index}/kustomization.yaml`));
  const changes = [...others, gone("z/kustomization.yaml", "1"), came("apps/shop/kustomization.yaml", "1")];

  const earlier = movedFrom(SHOP, changes);

  expect(earlier).toHaveLength(8);
  expect(earlier.map((each) => "root" in each && each.root).slice(0, 3)).toEqual(["z", "a/0", "a/1"]);
});

test("a chart takes the values files in it along, and leaves those beside it", () => {
  const chart = {
    ...helmSource("apps/web"),
    id: "web",
    valueFiles: ["apps/web/prod.yaml", "envs/prod.yaml"],
  };

  const earlier = movedFrom(chart, [gone("charts/web/Chart.yaml"), gone("charts/web/kustomization.yaml")]);

  expect(earlier).toEqual([
    {
      ...chart,
      id: "web (from charts/web)",
      chart: "charts/web",
      valueFiles: ["charts/web/prod.yaml", "envs/prod.yaml"],
    },
  ]);
});

test("moved back and forth it is one source in each folder, however it got there", () => {
  const toOld = [gone("old/kustomization.yaml", "1"), came("apps/shop/kustomization.yaml", "1")];
  const toNew = [gone("apps/shop/kustomization.yaml", "1"), came("old/kustomization.yaml", "1")];

  const [first = SHOP] = movedFrom(SHOP, toOld);
  const [second = SHOP] = movedFrom(first, toNew);
  const [third = SHOP] = movedFrom(second, toOld);

  expect([first.id, second.id, third.id]).toEqual([
    "shop (from old)",
    "shop (from apps/shop)",
    "shop (from old)",
  ]);
});
