import type { TestUser } from "../cluster/access.ts";
import { idOf } from "./branch-state.ts";
import type { ClusterLife, Intent } from "./cluster-life.ts";
import { freshModel } from "./fresh-model.ts";
import type { GitTeam } from "./git-team.ts";
import { changeByHand, HAND_WAYS, markRequest } from "./hand-writes.ts";
import { type IngressModel, type Place, sameModel, valueAt, withValue } from "./ingress-model.ts";
import { manifest } from "./manifest.ts";
import { isWhole } from "./mergeable.ts";
import { type FreshName, randomEdit, reordering } from "./model-edits.ts";
import type { Random } from "./random.ts";
import { SAME_WAYS, sayAgain } from "./say-again.ts";

const PEOPLE: readonly TestUser[] = [
  "alice@example.com",
  "bob@example.com",
  "carol@example.com",
  "mallory@example.com",
];

const ACTS = {
  edit: 30,
  rollback: 10,
  copyFromBranch: 8,
  takeMainEarly: 5,
  annotate: 5,
  label: 3,
  delete: 5,
  recreate: 4,
  createNew: 3,
  createFromGit: 4,
  spoof: 3,
  restore: 4,
  nothing: 10,
};

const NARROW_ACTS = { ...ACTS, hold: 0, release: 0, deleteHeld: 0, reorder: 0, sayAgain: 0 };

/** Also finalizers, and the order of lists. */
const WIDE_ACTS = { ...NARROW_ACTS, hold: 10, release: 6, deleteHeld: 6, reorder: 12 };

/** What people do to a cluster past the pipeline. */
export class Hands {
  readonly #random: Random;
  readonly #fresh: FreshName;
  readonly #life: ClusterLife;
  readonly #team: GitTeam;
  readonly #namespaces: readonly string[];
  readonly #isWide: boolean;
  readonly #acts: typeof WIDE_ACTS;

  /** @param isTurbulent Whether they also write what is there already. */
  constructor(
    random: Random,
    fresh: FreshName,
    life: ClusterLife,
    team: GitTeam,
    namespaces: readonly string[],
    isWide: boolean,
    isTurbulent: boolean,
  ) {
    this.#isWide = isWide;
    this.#acts = { ...(isWide ? WIDE_ACTS : NARROW_ACTS), sayAgain: isTurbulent ? 16 : 0 };
    this.#random = random;
    this.#fresh = fresh;
    this.#life = life;
    this.#team = team;
    this.#namespaces = namespaces;
  }

  async act(): Promise<void> {
    const act = this.#random.weighted<keyof typeof WIDE_ACTS>(this.#acts);
    const key = this.#random.pick(this.#life.record.liveKeys());
    const live = this.#life.record.live.get(key);
    if (live === undefined) return;
    switch (act) {
      case "edit":
        return await this.#edit(key, live);
      case "rollback":
        return await this.#rollback(key, live);
      case "copyFromBranch":
        return await this.#copyFromBranch();
      case "takeMainEarly":
        return await this.#change(key, live, this.#team.life.main.state.models.get(key));
      case "restore":
        return await this.#restore(key, live);
      case "annotate":
      case "label":
        return await this.#mark(key, live, act);
      case "delete":
        return await this.#delete(key);
      case "recreate":
        return await this.#recreate(key, live);
      case "createNew":
        return await this.#create(
          `${this.#random.pick(this.#namespaces)}/${this.#fresh("hand")}`,
          freshModel(this.#random, this.#fresh),
        );
      case "createFromGit":
        return await this.#createFromGit();
      case "spoof":
        return await this.#spoof(key, live);
      case "nothing":
        return await this.#nothing(key, live);
      case "hold":
        return await this.#hold(key, live);
      case "release":
        return await this.#release();
      case "deleteHeld":
        return await this.#deleteHeld();
      case "reorder":
        return await this.#reorder(key, live);
      case "sayAgain":
        return await sayAgain(this.#life, key, this.#random.weighted(SAME_WAYS), this.#who());
      default:
        return act satisfies never;
    }
  }

  async #edit(key: string, live: IngressModel): Promise<void> {
    const edit = randomEdit(this.#random, live, this.#fresh, { withOrder: this.#isWide });
    if (edit === null || !isWhole(edit.next)) return;
    await this.#change(key, live, edit.next);
    if (this.#random.chance(0.3)) {
      this.#team.adoptions.push({ key, place: edit.place.slice(0, 2), value: edit.next });
    }
  }

  /** No finalizer can be added to what is being deleted. */
  async #hold(key: string, live: IngressModel): Promise<void> {
    if (live.server.deletion !== undefined) return;
    await this.#change(
      key,
      live,
      withValue(live, ["finalizers", `example.com/${this.#fresh("hold")}`], "yes"),
    );
  }

  async #release(): Promise<void> {
    const [key, live] = this.#held();
    if (key === undefined || live === undefined) return;
    const name = this.#random.pick(Object.keys(live.finalizers));
    await this.#change(key, live, withValue(live, ["finalizers", name], undefined));
  }

  async #deleteHeld(): Promise<void> {
    const [key] = this.#held();
    if (key !== undefined) await this.#delete(key);
  }

  async #reorder(key: string, live: IngressModel): Promise<void> {
    const proposal = reordering(this.#random, live);
    if (proposal !== null) await this.#change(key, live, withValue(live, proposal.place, proposal.value));
  }

  #held(): [string, IngressModel] | [] {
    const held = [...this.#life.record.live]
      .filter(([, { finalizers }]) => Object.keys(finalizers).length > 0)
      .sort(([left], [right]) => (left < right ? -1 : 1));
    return held.length === 0 ? [] : this.#random.pick(held);
  }

  /** One place back to what main's history, newest or older, said. */
  async #rollback(key: string, live: IngressModel): Promise<void> {
    const { record } = this.#team.life;
    const older = record.commit(this.#random.pick(record.mainline)).models.get(key);
    await this.#takePlace(key, live, older);
  }

  async #restore(key: string, live: IngressModel): Promise<void> {
    await this.#takePlace(key, live, this.#life.record.lastDeployment(key)?.deployed?.model);
  }

  async #copyFromBranch(): Promise<void> {
    const branch = this.#random.pick([this.#team.life.main, ...this.#team.openBranches]);
    const changed = [...branch.state.models].filter(([key, model]) => branch.base.models.get(key) !== model);
    if (changed.length === 0) return;
    const [key, model] = this.#random.pick(changed);
    const base = branch.base.models.get(key);
    const live = this.#life.record.live.get(key);
    if (live === undefined) return base === undefined ? await this.#create(key, model) : undefined;
    const places = base === undefined ? [] : changedPlaces(base, model);
    if (places.length === 0) return;
    const place = this.#random.pick(places);
    await this.#change(key, live, withValue(live, place, valueAt(model, place)));
  }

  async #takePlace(key: string, live: IngressModel, from: IngressModel | undefined): Promise<void> {
    const places = from === undefined ? [] : changedPlaces(live, from);
    if (from === undefined || places.length === 0) return;
    const place = this.#random.pick(places);
    await this.#change(key, live, withValue(live, place, valueAt(from, place)));
  }

  async #change(key: string, live: IngressModel, next: IngressModel | undefined): Promise<void> {
    if (next === undefined || sameModel(live, next) || !isWhole(next)) return;
    await changeByHand(this.#life, key, next, this.#random.weighted(HAND_WAYS), this.#who());
  }

  async #mark(key: string, live: IngressModel, verb: "annotate" | "label"): Promise<void> {
    const root = verb === "annotate" ? "annotations" : "labels";
    const known = Object.keys(live[root]);
    const name =
      known.length > 0 && this.#random.chance(0.6) ? this.#random.pick(known) : this.#fresh("mark");
    const value = known.includes(name) && this.#random.chance(0.4) ? null : this.#fresh("value");
    const argument = value === null ? `${name}-` : `${name}=${value}`;
    const intent = this.#intent(`kubectl ${verb} ${argument}`);
    if (this.#random.chance(0.25)) {
      const args = [verb, "ingress", idOf(key).name, argument, ...(value === null ? [] : ["--overwrite"])];
      await this.#life.kubectl(key, intent, args);
    } else {
      await this.#life.write(key, intent, markRequest(verb, name, value));
    }
  }

  async #delete(key: string): Promise<void> {
    const who = this.#intent("delete by hand");
    if (this.#random.chance(0.2))
      await this.#life.kubectl(key, who, ["delete", "ingress", idOf(key).name, "--wait=false"]);
    else
      await this.#life.write(key, who, {
        method: "DELETE",
        body: { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy: "Background" },
      });
  }

  async #recreate(key: string, live: IngressModel): Promise<void> {
    await this.#delete(key);
    if (this.#life.record.live.has(key)) return;
    const inGit = this.#team.life.main.state.models.get(key);
    const edited = randomEdit(this.#random, live, this.#fresh)?.next;
    const next = this.#random.pick([
      live,
      inGit ?? live,
      edited !== undefined && isWhole(edited) ? edited : live,
    ]);
    await this.#create(key, next);
  }

  async #createFromGit(): Promise<void> {
    const { record } = this.#team.life;
    const commit = record.commit(
      this.#random.chance(0.5) ? this.#random.pick(record.mainline) : this.#random.int(record.commits.length),
    );
    const missing = [...commit.models].filter(([key]) => !this.#life.record.live.has(key));
    if (missing.length === 0) return;
    const [key, model] = this.#random.pick(missing);
    await this.#create(key, model);
  }

  async #create(key: string, model: IngressModel): Promise<void> {
    const body = manifest(idOf(key), model);
    const way = this.#random.weighted({ create: 5, kubectlCreate: 1, kubectlApply: 1 });
    const intent = this.#intent(`${way} by hand`);
    if (way === "create") {
      await this.#life.write(key, intent, { method: "POST", body, fieldManager: "kubectl-create" });
    } else {
      const verb = way === "kubectlCreate" ? "create" : "apply";
      await this.#life.kubectl(key, intent, [verb, "-f", "-"], { stdin: JSON.stringify(body) });
    }
  }

  /** Somebody who calls itself the deployer: fieldManager and user agent are the client's to choose. */
  async #spoof(key: string, live: IngressModel): Promise<void> {
    const name = `example.com/${this.#fresh("note")}`;
    const known = Object.keys(live.annotations);
    const target = known.length > 0 && this.#random.chance(0.5) ? this.#random.pick(known) : name;
    await this.#life.write(key, this.#intent("spoofed patch", "mallory@example.com"), {
      method: "PATCH",
      body: { metadata: { annotations: { [target]: this.#fresh("value") } } },
      fieldManager: "argocd-controller",
      options: {
        contentType: "application/merge-patch+json",
        userAgent: "argocd-application-controller/v3.0.0",
      },
    });
  }

  /** Requests that look like changes and are none. */
  async #nothing(key: string, live: IngressModel): Promise<void> {
    const intent = this.#intent("nothing");
    const patch = { metadata: { labels: { [this.#fresh("dry")]: "run" } } };
    const options = { contentType: "application/merge-patch+json" };
    const [label] = Object.entries(live.labels);
    switch (this.#random.int(6)) {
      case 0:
        return await this.#life.attempt(key, intent, {
          method: "PATCH",
          body: patch,
          fieldManager: "kubectl-patch",
          parameters: "&dryRun=All",
          options,
        });
      case 1:
        return await this.#life.attempt(
          key,
          { ...intent, user: "nobody" },
          { method: "PATCH", body: patch, options },
        );
      case 2:
        return await this.#life.attempt(key, intent, {
          method: "DELETE",
          body: { kind: "DeleteOptions", apiVersion: "v1", dryRun: ["All"] },
        });
      case 3:
        return await this.#life.attempt(key, intent, {
          method: "POST",
          body: manifest(idOf(key), live),
          fieldManager: "kubectl-create",
        });
      case 4:
        return await this.#life.attempt(key, { ...intent, user: "auditor" }, { method: "DELETE" });
      default: {
        if (label === undefined) return;
        const body = { metadata: { labels: { [label[0]]: label[1] } } };
        return await this.#life.write(
          key,
          { ...intent, via: "patch to the same value" },
          { method: "PATCH", body, fieldManager: "kubectl-patch", options },
        );
      }
    }
  }

  #who(): Omit<Intent, "via"> {
    if (this.#random.chance(0.08)) return { user: "alice@example.com", as: "bob@example.com", role: "hand" };
    return { user: this.#random.pick(PEOPLE), role: "hand" };
  }

  #intent(via: string, user?: TestUser): Intent {
    return user === undefined ? { ...this.#who(), via } : { user, role: "hand", via };
  }
}

/** The places, two steps deep, at which two models differ. */
export function changedPlaces(from: IngressModel, to: IngressModel): Place[] {
  const roots = Object.keys(from).filter((root) => root !== "server");
  return roots.flatMap((root) => {
    const left = valueAt(from, [root]);
    const right = valueAt(to, [root]);
    if (root === "defaultBackend") return sameModel(left, right) ? [] : [[root]];
    const keys = new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})]);
    return [...keys]
      .filter((key) => !sameModel(valueAt(left, [key]), valueAt(right, [key])))
      .map((key) => [root, key]);
  });
}
