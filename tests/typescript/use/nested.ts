import type { ErrorBody } from "./errors/nested";

export function details(body: ErrorBody): unknown {
  const { error } = body;
  switch (error.code) {
    case "too_poor": {
      const { need, have, plan } = error.details;
      const all: [number, number | undefined, string | null] = [need, have, plan];
      // @ts-expect-error: it has no such detail
      error.details.wanted;
      // @ts-expect-error: a function makes it, so nothing is known of it
      const brief: number = error.details.brief;
      return [all, brief];
    }
    case "invalid":
      return error.details?.map(({ pointer, code, message }): string => pointer + code + message);
    case "names": {
      const names: string[] | undefined = error.details;
      return names;
    }
    case "too_many":
    case "internal":
      return error.details satisfies undefined;
    default:
      // @ts-expect-error: nothing is known of it
      return error.details.need;
  }
}

// @ts-expect-error: a detail is missing
export const poor: ErrorBody = { error: { code: "too_poor", message: "", details: { plan: null } } };
// @ts-expect-error: a detail of another type
export const rich: ErrorBody = { error: { code: "too_poor", message: "", details: { need: "10", plan: null } } };
export const good: ErrorBody = { error: { code: "too_poor", message: "", details: { need: 10, plan: null } } };
// What a test of a client makes of a code that is new.
export const later: ErrorBody = { error: { code: "brand_new (unknown)", message: "" } };
