import { type Label, RepositoryBuilder } from "../../test/support/repository/build-repository.ts";
import { ADDITIONS, addBelow, CONFIGURATION, edit, FIRST_MANIFESTS, format } from "./manifests.ts";
import { alice, bob, carol, dan, erin, MAILMAP, oldBob } from "./people.ts";

const DAY_MS = 86_400_000;
const CHECKOUT_BRANCH = "refs/remotes/origin/checkout-v2";
const SEARCH_BRANCH = "refs/remotes/origin/search-v2";
const ACCOUNT_BRANCH = "refs/remotes/origin/account-sso";
const README = "# shop\n\nWhat the shop's cluster runs. Argo CD deploys `main`.\n";

/** The demo's repository: its past up to the deployment, and the commits that follow while the cluster lives on. */
export class GitStory {
  readonly builder = new RepositoryBuilder();
  /** A branch that is not merged. */
  readonly accountBranch = ACCOUNT_BRANCH;
  /** The commit that is deployed. */
  readonly deployed: Label;
  readonly #deployedAt: Date;

  /** @param deployedAt The moment around which the past is laid. */
  constructor(deployedAt: Date) {
    this.#deployedAt = deployedAt;
    this.#begin();
    this.#sendCheckoutToItsSecondVersion();
    this.deployed = this.#forwardTheApi();
    this.#startBranches();
  }

  manifest(name: string, branch = "main"): string {
    const text = this.builder.filesAt(branch).get(`deploy/prod/${name}`);
    if (text === undefined) throw new Error(`${branch} has no deploy/prod/${name}`);
    return text;
  }

  manifests(): readonly string[] {
    return Object.keys(FIRST_MANIFESTS).map((name) => this.manifest(name));
  }

  mergeSearch(at: Date): void {
    this.builder.merge({
      into: "main",
      from: SEARCH_BRANCH,
      message: "Merge pull request #52 from example/search-v2\n\nsearch: answer from search-v2\n",
      author: carol,
      authoredAt: at.toISOString(),
    });
  }

  squashBodySize(at: Date): void {
    const checkout = edit(this.manifest("checkout.yaml"), "'8m'", "'32m'");
    this.builder.commit({
      message: "checkout: accept uploads up to 32 MB (#53)\n\nCo-authored-by: Dan Okafor <dan@example.com>\n",
      author: bob,
      committer: carol,
      authoredAt: this.#before(0.2),
      committedAt: at.toISOString(),
      files: { "deploy/prod/checkout.yaml": checkout },
    });
  }

  formatEverything(at: Date): void {
    const formatted = Object.keys(FIRST_MANIFESTS).map((name) => [
      `deploy/prod/${name}`,
      format(this.manifest(name)),
    ]);
    this.builder.commit({
      message: "Format all manifests\n",
      author: erin,
      authoredAt: at.toISOString(),
      files: Object.fromEntries(formatted),
    });
  }

  /** Other people's branches are as a clone of the forge has them. */
  #startBranches(): void {
    this.builder.ref(SEARCH_BRANCH, "main");
    this.builder.commit({
      branch: SEARCH_BRANCH,
      message: "search: answer from search-v2\n\nCo-authored-by: Bob Tanaka <bob@laptop.example.com>\n",
      author: alice,
      authoredAt: this.#before(1.1),
      files: { "deploy/prod/search.yaml": edit(this.manifest("search.yaml"), "search-v1", "search-v2") },
    });
    this.builder.ref(ACCOUNT_BRANCH, "main");
    this.builder.commit({
      branch: ACCOUNT_BRANCH,
      message: "account: put single sign-on in front\n",
      author: dan,
      authoredAt: this.#before(2.3),
      files: {
        "deploy/prod/account.yaml": edit(
          this.manifest("account.yaml"),
          "name: account, port",
          "name: account-sso, port",
        ),
      },
    });
  }

  #begin(): void {
    const files = Object.entries(FIRST_MANIFESTS).map(([name, text]) => [`deploy/${name}`, text]);
    this.builder.commit({
      message: "Add the shop's Ingresses\n",
      author: dan,
      authoredAt: this.#before(40.2),
      files: { "README.md": README, ...Object.fromEntries(files) },
    });
    const admin = addBelow(FIRST_MANIFESTS["admin.yaml"], "  namespace: shop", ADDITIONS.officeOnly);
    this.builder.commit({
      message: "admin: let the office in, and nobody else\n",
      author: erin,
      authoredAt: this.#before(36.4),
      files: { "deploy/admin.yaml": admin },
    });
    const issued = addBelow(FIRST_MANIFESTS["checkout.yaml"], "    annotations:", ADDITIONS.issuer);
    this.builder.commit({
      message: "checkout: serve it over TLS\n",
      author: oldBob,
      authoredAt: this.#before(33.1),
      files: { "deploy/checkout.yaml": addBelow(issued, "    ingressClassName: nginx", ADDITIONS.tls) },
    });
    this.builder.commit({
      message: "Move the manifests to deploy/prod\n",
      author: carol,
      authoredAt: this.#before(26.1),
      files: Object.fromEntries(this.#moves()),
    });
    this.builder.commit({
      message: "Tell ingress-audit what to expect, and Git who Bob is\n",
      author: erin,
      authoredAt: this.#before(20.3),
      files: { ".ingress-audit.yaml": CONFIGURATION, ".mailmap": MAILMAP },
    });
  }

  #moves(): [string, string | null][] {
    const files = this.builder.filesAt("main");
    return Object.keys(FIRST_MANIFESTS).flatMap((name): [string, string | null][] => [
      [`deploy/${name}`, null],
      [`deploy/prod/${name}`, files.get(`deploy/${name}`) ?? ""],
    ]);
  }

  #sendCheckoutToItsSecondVersion(): void {
    const checkout = edit(this.manifest("checkout.yaml"), "checkout-v1", "checkout-v2");
    this.builder.ref(CHECKOUT_BRANCH, "main");
    this.builder.commit({
      branch: CHECKOUT_BRANCH,
      message: "checkout: send traffic to checkout-v2, and serve the cart\n",
      author: alice,
      authoredAt: this.#before(13.2),
      files: { "deploy/prod/checkout.yaml": addBelow(checkout, "          paths:", ADDITIONS.cart) },
    });
    this.builder.merge({
      into: "main",
      from: CHECKOUT_BRANCH,
      message: "Merge pull request #41 from example/checkout-v2\n\ncheckout: send traffic to checkout-v2\n",
      author: carol,
      authoredAt: this.#before(12.1),
    });
  }

  #forwardTheApi(): Label {
    return this.builder.commit({
      message: "web: serve /api from the gateway (#47)\n",
      author: dan,
      committer: alice,
      authoredAt: this.#before(6.4),
      committedAt: this.#before(5.3),
      files: { "deploy/prod/web.yaml": addBelow(this.manifest("web.yaml"), "      paths:", ADDITIONS.api) },
    });
  }

  #before(days: number): string {
    return new Date(this.#deployedAt.getTime() - days * DAY_MS).toISOString();
  }
}
