import type { ErrorBody, ErrorOf, ErrorsByCode } from "./errors/decks";

export const always = (headers: ErrorsByCode["rate_limit"]["headers"]): string => headers["retry-after"];

export function is_limit(body: ErrorBody): body is ErrorOf<"deck_limit" | "brand_limit"> {
  return body.error.code === "deck_limit" || body.error.code === "brand_limit";
}
