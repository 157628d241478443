"""Asks the running story example by the clients that openapi-python-client made: one of the document as it is, and one of
the document before there was the code `invalid_api_key`. Takes the address of the service."""

import sys

from story import AuthenticatedClient
from story.api.default import create_story, show_story
from story.models import Brief, Error401, Error402
from story.models.error_401_error_code_type_0 import Error401ErrorCodeType0

from story_before import AuthenticatedClient as ClientBefore
from story_before.api.default import show_story as show_story_before
from story_before.models import Error401 as Error401Before

url = sys.argv[1]


def main() -> None:
    client = AuthenticatedClient(base_url=url, token="sk_demo")
    wrong = AuthenticatedClient(base_url=url, token="sk_wrong")
    before = ClientBefore(base_url=url, token="sk_wrong")

    poor = create_story.sync_detailed(client=client, body=Brief(brief="Otters", minutes=12))
    assert poor.status_code == 402 and isinstance(poor.parsed, Error402), poor
    assert poor.parsed.error.code == "insufficient_minutes", poor.parsed

    invalid = create_story.sync(client=client, body=Brief(brief="", minutes=90))
    assert invalid.error.code == "invalid_request", invalid
    assert [field["field"] for field in invalid.to_dict()["error"]["details"]] == ["brief", "minutes"], invalid

    known = show_story.sync(id="brief_0123456789abcdef", client=wrong)
    assert isinstance(known, Error401), known
    assert known.error.code is Error401ErrorCodeType0.INVALID_API_KEY, known

    unknown = show_story_before.sync(id="brief_0123456789abcdef", client=before)
    assert isinstance(unknown, Error401Before), unknown
    assert unknown.error.code == "invalid_api_key" and type(unknown.error.code) is str, unknown

    failed = show_story.sync(id="brief_00000000000000fa", client=client)
    assert failed.failure.error.code == "failed", failed
    print("a known and an unknown code are read:", known.error.code.value, "and", unknown.error.code)


main()
