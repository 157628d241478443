// How one uses the types that openapi-typescript makes of the story API's errors.
import type { components, operations } from "./story";

type Created = operations["createStory"]["responses"];
type TooPoor = Created[402]["content"]["application/json"];

/** A code that is known is offered by the editor; one that is not is text. */
export function words(body: TooPoor): string {
  const told: string = told_by(body);
  switch (body.error.code) {
    case "insufficient_minutes":
      return `Buy minutes. ${told}`;
    default:
      return `${body.error.code}: ${told}`;
  }
}

function told_by(body: components["schemas"]["Error"]): string {
  return body.error.message;
}

// What generated clients of closed codes refuse: a code of tomorrow.
export const tomorrow: TooPoor = { error: { code: "a_code_of_tomorrow", message: "No." } };

// An error that is no answer stands in a resource, with its one code.
export const failed: components["schemas"]["Story"] = {
  id: "brief_1",
  status: "failed",
  failure: { error: { code: "failed", message: "It failed." } },
};

// No other code fits there.
export const code: components["schemas"]["FailedError"]["error"]["code"] = "failed";
