/** The modes that most runs do not need, each loaded when it is asked for. */

export const issuesMode: typeof import("./issues-mode.ts").issuesMode = async (...asked) => {
  const mode = await import("./issues-mode.ts");
  return await mode.issuesMode(...asked);
};

export const pullRequestMode: typeof import("./pull-request-mode.ts").pullRequestMode = async (...asked) => {
  const mode = await import("./pull-request-mode.ts");
  return await mode.pullRequestMode(...asked);
};

export const postReviewMode: typeof import("./post-review-mode.ts").postReviewMode = async (...asked) => {
  const mode = await import("./post-review-mode.ts");
  return await mode.postReviewMode(...asked);
};

export const deployMode: typeof import("./deploy-mode.ts").deployMode = async (...asked) => {
  const mode = await import("./deploy-mode.ts");
  return await mode.deployMode(...asked);
};
