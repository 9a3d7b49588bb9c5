"""The format of an import file: fields and what each of them takes."""

import re
from functools import lru_cache
from typing import Annotated, Any, Literal, Self

from argon2 import Type, extract_parameters
from argon2.exceptions import InvalidHashError
from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from bot.languages import Code
from storage.errors import Refusal
from storage.names import clean_name, clean_username

_PLAIN = re.compile("[A-Za-z0-9_+-]+([.][A-Za-z0-9_+-]+)*")
"""Names before the @ at which nobody needs to look twice."""
_SURELY_SHORT = 64
"""Characters: no limit for a part of an address, or the whole, is lower."""


def _name(text: str) -> str:
    try:
        return clean_name(text)
    except Refusal:
        raise _wrong("1 to 60 letters, spaces and ' ’ - .") from None


def _username(text: str) -> str:
    try:
        return clean_username(text)
    except Refusal:
        raise _wrong("3 to 40 letters, digits and . _ - @") from None


def _account_number(text: str) -> str:
    if text.strip() != text or not text.isprintable():
        raise _wrong("no spaces around it, no control characters")
    return text


def _email(text: str) -> str:
    try:
        name, at, domain = text.rpartition("@")
        if at and len(text) <= _SURELY_SHORT and _PLAIN.fullmatch(name):
            return f"{name}@{_domain(domain)}"
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        raise _wrong("not an e-mail address") from None


@lru_cache(10_000)
def _domain(domain: str) -> str:
    """As the library writes it; looking at each domain once halves the time of a long file."""
    address = validate_email(f"x@{domain}", check_deliverability=False)
    return address.domain


def _service(code: str, info: ValidationInfo) -> str:
    """The codes of the catalogue are the context of the validation."""
    if code not in (info.context or ()):
        raise _wrong("not a service of the catalogue")
    return code


def _password(secret: SecretStr) -> SecretStr:
    try:
        has_bytes = bool(secret.get_secret_value().encode())
    except UnicodeEncodeError:  # half of a character: "\uD800"
        has_bytes = False
    if not has_bytes:
        raise _wrong("empty, or not text")
    return secret


def _argon2id(secret: SecretStr) -> SecretStr:
    value = secret.get_secret_value()
    try:
        is_argon2id = value.isascii() and extract_parameters(value).type is Type.ID
    except InvalidHashError:
        is_argon2id = False
    if not is_argon2id:
        raise _wrong("not an argon2id hash in PHC format ($argon2id$v=19$…)")
    return secret


def _wrong(message: str) -> PydanticCustomError:
    return PydanticCustomError("wrong", message)


Name = Annotated[str, AfterValidator(_name)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)

    @classmethod
    def fields(cls) -> frozenset[str]:
        return frozenset(cls.model_fields)


class Person(_Strict):
    role: Literal["holder", "secondary"]
    username: Annotated[str, AfterValidator(_username)]
    first_name: Name
    last_name: Name
    email: Annotated[str, AfterValidator(_email)]
    language: Code | None = None
    status: Literal["invited", "active", "locked"] | None = None
    rights: list[Annotated[str, AfterValidator(_service)]] | None = None
    password: Annotated[SecretStr, AfterValidator(_password)] | None = None
    password_hash: Annotated[SecretStr, AfterValidator(_argon2id)] | None = None

    @field_validator("password_hash")
    @classmethod
    def _not_both(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is not None and info.data.get("password") is not None:
            raise _wrong("a password or its hash, not both")
        return value


class HouseholdEntry(_Strict):
    account_number: Annotated[
        str, Field(min_length=1, max_length=40), AfterValidator(_account_number)
    ]
    language: Code
    members: list[Person]

    @classmethod
    def read_from(cls, data: object, services: frozenset[str]) -> Self:
        return cls.model_validate(data, context=services)


class HouseholdList(_Strict):
    """What stands around the households of a YAML file; they themselves are read one by one."""

    households: list[Any]


FIELDS = HouseholdList.fields() | HouseholdEntry.fields() | Person.fields()
