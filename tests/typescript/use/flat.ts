import type { ErrorBody, ErrorOf } from "./errors/flat";

export const need = (body: ErrorBody): number => (body.code === "too_poor" ? body.details.need : 0);
export const of: ErrorOf<"too_poor"> = { code: "too_poor", message: "", details: { need: 1, have: 2, plan: "a" } };
