"""One question to the model: a part of an article in, a validated answer out, through instructor."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from summarizer.errors import AnswerInvalidError, AnswerTruncatedError, SummarizerError
from summarizer.prompts import Message, load_prompt
from summarizer.schemas import AnswerBase, Article

from .confidence import ASKED, sure_answer
from .grammar import copy_grammar
from .kinds import likely_kinds, reports_none
from .ledger import request_key
from .profiles import Profile
from .recasing import in_capitals, recased

if TYPE_CHECKING:
    from .sending import Sender

ALL_FIELDS = "all"
"""What stands in place of the list where every field is wanted: a list costs 30 tokens a call."""
HEAD_CHARACTERS = 300
"""Cap of each line of metadata shown to the model; a longer one is noise."""


def worth_asking(profile: Profile, article: Article) -> bool:
    """Whether to ask about an article at all: the embedded model finds an incident in every one, a match report too.

    Of a response model of your own, which may ask about matches, nothing is known.
    """
    judged = profile.least_quiet is not None and profile.own_answer is None
    return not (judged and reports_none(headline_and_text(article), profile.least_quiet or 0.0))


def headline_and_text(article: Article) -> str:
    """Headline and text, as the classifiers of words see an article."""
    return f"{article.title or ''}\n{article.text}"


def question(profile: Profile, article: Article, part: str, *, fields: Sequence[str] | None = None) -> dict[str, Any]:
    """The request for one part of an article: model, messages and parameters.

    `fields` names those wanted, for a prompt that can name them; without it all are.
    """
    shown = shown_to_small(part, article) if profile.bare else part
    named = ALL_FIELDS if fields is None else ", ".join(fields)
    request: dict[str, Any] = {"model": profile.model, "messages": _messages(profile, article, shown, named)}
    request["max_completion_tokens" if profile.name == "openai" else "max_tokens"] = profile.max_output_tokens
    if profile.temperature is not None:
        request["temperature"] = profile.temperature
    if profile.least_sure:
        request |= ASKED
    if profile.constraint == "copy_grammar":
        kinds = likely_kinds(headline_and_text(article), profile.least_likely)
        request["extra_body"] = {"grammar": copy_grammar(shown, fields, narrow=True, kinds=kinds)}
    return request


def folded(part: str) -> str:
    """A part of an article as the copy grammar cuts it into words."""
    return " ".join(part.split())


def shown_to_small(text: str, article: Article) -> str:
    """A part or the title of an article as the embedded model sees it."""
    return recased(folded(text)) if in_capitals(article.text) else folded(text)


def _messages(profile: Profile, article: Article, shown: str, fields: str) -> list[Message]:
    known = {"Publisher": article.publisher, "Published": _published(article), "Title": article.title}
    facts = {name: " ".join(value.split())[:HEAD_CHARACTERS] for name, value in known.items() if value}
    if profile.bare:
        facts["Published"] = (article.published or "")[:10]
        if "Title" in facts:
            facts["Title"] = shown_to_small(facts["Title"], article)
        head = " | ".join(facts[name] for name in known if facts.get(name))
        return load_prompt(profile.prompt).fill(head=head, article=shown, fields=fields)
    # The fence holds the text's own hash, so no article can contain it.
    fence = f"=== article {article.sha256[:16]} ==="
    head = "\n".join(f"{name}: {value}" for name, value in facts.items())
    return load_prompt(profile.prompt).fill(fence=fence, head=head, article=shown)


def _published(article: Article) -> str | None:
    day = article.published_on
    return f"{article.published} ({day:%A})" if day else None


def key_of(profile: Profile, request: dict[str, Any]) -> str:
    """The ledger's key for a request, before or after instructor added the schema to it."""
    parameters = {name: request[name] for name in sorted(request) if name in _PARAMETERS}
    schema = {"mode": profile.mode, "schema": profile.answer.model_json_schema()}
    return request_key(model=profile.model, parameters=parameters, schema=schema, messages=request["messages"])


_PARAMETERS = frozenset({"max_tokens", "max_completion_tokens", "temperature", "extra_body", *ASKED})


def read_stored(profile: Profile, completion: str) -> AnswerBase | None:
    """The answer in a stored completion, or None where it is not a valid one (then the slow way says why)."""
    choice = json.loads(completion)["choices"][0]
    if choice.get("finish_reason") in {"length", "content_filter"} or choice["message"].get("refusal"):
        return None
    calls = choice["message"].get("tool_calls")
    text = calls[0]["function"]["arguments"] if calls else sure_answer(choice, profile.least_sure)
    try:
        return profile.answer.model_validate_json(text or "")
    except ValidationError:
        return None


async def ask(sender: Sender, request: dict[str, Any], *, reasks: int, reask_tokens: int) -> AnswerBase:
    """The validated answer to a request.

    Raises AnswerInvalidError when re-asks or their token budget run out, AnswerTruncatedError, and whatever
    `Sender.create` raises.
    """
    import instructor
    from instructor.core import IncompleteOutputException, InstructorRetryException
    from instructor.v2.core.errors import TokenBudgetError

    profile = sender.profile
    # Without a handler its errors, which hold bits of articles, would go to stderr; callers get ours, typed.
    logging.getLogger("instructor").addHandler(logging.NullHandler())

    async def create(**kwargs: Any) -> Any:
        completion = await sender.create(**kwargs)
        if profile.least_sure:
            choice = completion.choices[0]
            choice.message.content = sure_answer(choice.to_dict(), profile.least_sure)
        return completion

    patched: Any = instructor.patch(create=create, mode=instructor.Mode[profile.mode])
    try:
        # No `context=`: instructor would render the article as a Jinja template.
        answer: AnswerBase = await patched(
            response_model=profile.answer, max_retries=reasks, token_budget=reask_tokens, strict=False, **request
        )
    except IncompleteOutputException:
        raise AnswerTruncatedError(
            f"the answer was cut at {profile.max_output_tokens} tokens; raise SUMMARIZER_MAX_OUTPUT_TOKENS"
        ) from None
    except TokenBudgetError:
        raise AnswerInvalidError(
            f"no valid answer within {reask_tokens} tokens; raise SUMMARIZER_REASK_TOKENS or use a more capable --model"
        ) from None
    except InstructorRetryException as wrong:
        raise _cause(wrong, reasks) from None  # it carries the whole request, article and all
    return answer


def _cause(wrong: BaseException, reasks: int) -> SummarizerError:
    cause = wrong.__cause__
    if isinstance(cause, SummarizerError):
        return cause
    if isinstance(cause, ValidationError):
        first = cause.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "the answer"
        detail = f"{place}: {first['msg']}"
    else:
        detail = type(cause).__name__
    return AnswerInvalidError(
        f"the model's answer broke the schema after {reasks} re-asks ({detail}); use a more capable --model, "
        "or --no-ledger to ask afresh"
    )
