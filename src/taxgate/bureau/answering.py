"""One profile's counter of the bureau (查验窗口): a request comes in, a reply goes out.

Nothing here knows of sockets; `server` does. What is reported of a request names the matter and the
subject masked, and nothing else of what was asked.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from ..adapters.profile import NO_RECORD, Profile
from ..errors import ConfigError, MissingExtraError
from ..evidence import OutageCause
from ..sources import Clock
from .hearing import Heard, NotUnderstoodError, heard, read_body
from .magic import magic_of
from .misdeeds import Scene, acted
from .placing import put
from .records import Records
from .sending import JSON, Sending
from .signatures import Gatekeeper, RefusedError
from .speaking import CannotSayError, Draft, failing, said

__all__ = ["Counter", "Outcome"]


@frozen
class Outcome:
    """What became of a request.

    Attributes:
        sending: The reply.
        report: One line about it, without personal data.
    """

    sending: Sending
    report: str


class Counter:
    """Answers requests made by one profile.

    Args:
        profile: How it is asked and answers.
        gatekeeper: Who checks signatures.
        records: What is known.
        clock: The bureau's clock.
    """

    def __init__(
        self, profile: Profile, gatekeeper: Gatekeeper, records: Records, clock: Clock
    ) -> None:
        self.profile: Final = profile
        self._gatekeeper: Final = gatekeeper
        self._records: Final = records
        self._clock: Final = clock

    def serve(self, path: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Return the reply to one request.

        Args:
            path: Path below the address of this profile.
            headers: Headers, with lower-case names.
            body: The raw body.
        """
        exchange = self.profile.signing.exchange
        if exchange is not None and path == exchange.path:
            return self._hand_out(headers)
        try:
            fields = read_body(self.profile, body)
            service = self._gatekeeper.service(headers)
            self._gatekeeper.check(headers, fields, self._clock())
            question = heard(self.profile, path, fields, headers, service=service)
        except NotUnderstoodError as error:
            return Outcome(self._plain(400, error.problem), f"not understood: {error.problem}")
        except RefusedError as error:
            return Outcome(self._refusal(error.problem), f"refused: {error.problem}")
        return self._answered(question)

    # Questions

    def _answered(self, question: Heard) -> Outcome:
        asked = question.inquiry.label
        magic = magic_of(question.inquiry)
        try:
            draft = self._draft(question)
            if magic is not None:
                scene = Scene(
                    profile=self.profile,
                    question=question.question,
                    inquiry=question.inquiry,
                    draft=draft,
                    now=self._clock(),
                )
                return Outcome(acted(magic, scene), f"{asked}: magic {magic.number} {magic.name}")
            draft.records = self._records.about(question.inquiry)
            where = question.question.records
            if where.single and not where.null_is_none and not draft.records:
                draft.failure = failing(self.profile, NO_RECORD)
            root = said(self.profile, question.question, draft)
        except CannotSayError as error:
            return Outcome(self._plain(501, str(error)), f"{asked}: {error}")
        except ConfigError as error:
            return Outcome(self._plain(500, "the records cannot be read"), f"{asked}: {error}")
        return Outcome(self._json(root), f"{asked}: {len(draft.records)} records")

    def _draft(self, question: Heard) -> Draft:
        return Draft(
            inquiry=question.inquiry,
            records=(),
            as_of=self._clock(),
            request_id=question.request_id,
            consultation_id=f"SANDBOX-{uuid.uuid4().hex[:12].upper()}",
        )

    # Signatures

    def _hand_out(self, headers: Mapping[str, str]) -> Outcome:
        exchange = self.profile.signing.exchange
        assert exchange is not None  # noqa: S101 - the caller looked
        envelope = exchange.envelope
        root: dict[str, Any] = {}
        try:
            secret, ends = self._gatekeeper.hand_out(headers, self._clock())
        except RefusedError as error:
            codes = [
                code
                for code, meaning in envelope.failures.items()
                if meaning == OutageCause.BAD_SIGNATURE
            ]
            if not codes:
                return Outcome(self._plain(401, error.problem), f"refused: {error.problem}")
            put(root, root, envelope.code, codes[0])
            root["message"] = error.problem
            return Outcome(self._json(root), f"no secret: {error.problem}")
        except MissingExtraError as error:
            return Outcome(self._plain(500, str(error)), str(error))
        put(root, root, envelope.code, min(envelope.success))
        level = root
        if envelope.inside is not None:
            level = {}
            put(root, root, envelope.inside, level)
        put(root, level, exchange.secret, secret)
        put(root, level, exchange.ends, int(ends.timestamp() * 1000))
        return Outcome(self._json(root), "a secret was handed out")

    def _refusal(self, problem: str) -> Sending:
        """Return the refusal of a signature as the profile words it, or as status 401."""
        try:
            failure = failing(self.profile, OutageCause.BAD_SIGNATURE)
            draft = Draft(inquiry=None, records=(), as_of=None, failure=failure)
            root = said(self.profile, next(iter(self.profile.questions.values())), draft)
        except CannotSayError:
            return self._plain(401, problem)
        return self._json({**root, "message": problem})

    # Replies

    def _json(self, root: dict[str, Any]) -> Sending:
        reply = self.profile.reply
        return Sending(
            body=json.dumps(root, ensure_ascii=False).encode(reply.charset),
            content_type=f"{reply.content_types[0]};charset={reply.charset}",
            date=self._clock(),
        )

    def _plain(self, status: int, problem: str) -> Sending:
        body = json.dumps({"problem": problem}, ensure_ascii=False).encode()
        return Sending(status=status, body=body, content_type=JSON, date=self._clock())
