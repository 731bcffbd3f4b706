"""Every error that the package raises on purpose.

    SummarizerError
    ├── SettingError            a setting, flag or environment variable is missing or wrong
    │   ├── ModelUnknownError   no such model or provider
    │   ├── ModelUnavailableError   a model that this machine cannot run as it is (no extra, no key)
    │   ├── TemplateError       a digest template is broken
    │   └── PromptError         a prompt template is broken or lacks a variable
    ├── ArticleError            an article could not be read
    │   ├── ArticleMissingError     no such file, folder or page
    │   ├── ArticleEmptyError       nothing left after cleaning
    │   ├── ArticleFormatError      binary, malformed, of an unknown kind
    │   ├── ArticleTooLargeError    over the size limit
    │   └── ArticleForbiddenError   the site's robots.txt asks not to fetch it
    ├── ExtractionError         a model's answer could not be had for an article
    │   ├── EndpointError           the endpoint is down or answered with a server error
    │   ├── AuthenticationError     the key was refused
    │   ├── RateLimitError          429 until the retries ran out, or the quota is spent
    │   ├── AnswerInvalidError      the answer broke the schema, re-asks included
    │   ├── AnswerTruncatedError    the answer hit the token limit
    │   ├── AnswerRefusedError      the model refused, or a content filter stopped it
    │   └── BudgetError             --max-cost would be exceeded
    ├── RecordError             a stored record could not be read back
    │   ├── RecordMissingError      no such file, or it cannot be opened
    │   └── RecordFormatError       not JSON, not a record, or of a later version
    ├── LedgerError             the ledger file cannot be used
    ├── GoldError               gold data, or a result of an evaluation, is missing or malformed
    └── DigestError             the scheduled digest cannot be made, or only in part
        ├── StateError              the state file cannot be used
        ├── IncidentUnknownError    no such incident, or it is not made of these articles
        ├── BusyError               another run holds the lock
        ├── WritingError            a file of the digest cannot be written
        └── MailError               the mail server did not take the digest

Messages say what happened, to which article or setting, and what to do next.  They never hold a key or an article's
text.
"""

from __future__ import annotations


class SummarizerError(Exception):
    """Root of the package's errors.  `subject` names the article, file or setting concerned."""

    def __init__(self, message: str, *, subject: str | None = None) -> None:
        super().__init__(message)
        self.subject = subject


class SettingError(SummarizerError):
    pass


class ModelUnknownError(SettingError):
    pass


class ModelUnavailableError(SettingError):
    pass


class PromptError(SettingError):
    pass


class TemplateError(SettingError):
    pass


class ArticleError(SummarizerError):
    """`passing` says that the same attempt may succeed later: a timeout, a server's error, a name not resolved."""

    def __init__(self, message: str, *, subject: str | None = None, passing: bool = False) -> None:
        super().__init__(message, subject=subject)
        self.passing = passing


class ArticleMissingError(ArticleError):
    pass


class ArticleEmptyError(ArticleError):
    pass


class ArticleFormatError(ArticleError):
    pass


class ArticleTooLargeError(ArticleError):
    pass


class ArticleForbiddenError(ArticleError):
    pass


class ExtractionError(SummarizerError):
    pass


class EndpointError(ExtractionError):
    pass


class AuthenticationError(ExtractionError):
    pass


class RateLimitError(ExtractionError):
    pass


class AnswerInvalidError(ExtractionError):
    pass


class AnswerTruncatedError(ExtractionError):
    pass


class AnswerRefusedError(ExtractionError):
    pass


class BudgetError(ExtractionError):
    pass


class RecordError(SummarizerError):
    pass


class RecordMissingError(RecordError):
    pass


class RecordFormatError(RecordError):
    pass


class LedgerError(SummarizerError):
    pass


class GoldError(SummarizerError):
    pass


class DigestError(SummarizerError):
    pass


class StateError(DigestError):
    pass


class IncidentUnknownError(DigestError):
    pass


class BusyError(DigestError):
    pass


class WritingError(DigestError):
    pass


class MailError(DigestError):
    pass
