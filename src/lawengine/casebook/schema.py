"""The JSON Schema of case files, made from the vocabulary, so that editors complete and check."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import quote

from lawengine.base.label import Label, Language
from lawengine.casebook.blocks import CHINESE_KEYS, Keys
from lawengine.casebook.case_file import SourceEvidence
from lawengine.casebook.instances import NAME, fact_forms, list_forms, root_of
from lawengine.casebook.published import (
    KEY_OF,
    PublishedKind,
    carriers,
    department_forms,
    names_of,
)
from lawengine.casebook.published_sections import STATUS_KEYS
from lawengine.casebook.schema_words import DIALECT, KEY_WORDS, SCALARS, TITLE, truth_schema
from lawengine.casebook.sections import (
    ASSUMPTION,
    DECIDED,
    FINE,
    IDENTIFIER,
    MAX_IDENTIFIER,
    NO_FINE,
    NOT_PRINTED,
    OF_FINE,
    PUBLICATION,
    SECTIONS,
)
from lawengine.casebook.values import ORDERED, OWED_BY_GROUND, SAYS_SO
from lawengine.model.expressions import Constant
from lawengine.model.measures import MEASURE_LABELS
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import KIND_LABELS, Kind
from lawengine.model.vocabulary import PARTY, Entity, Fact, Vocabulary

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema is data of any shape."""

MODELINE = "# yaml-language-server: $schema="
"""What stands before the place of the schema on the first line of a case file."""


def case_schema(rulebook: Rulebook, language: Language = "en") -> Schema:
    """Return the JSON Schema (draft 2020-12) of the case files that a rulebook can read.

    Editors offer the keys of `language`; those of the other one are valid as well. Edges: the
    schema never refuses a usual form that `read_case` takes, and knows less: what facts say of each
    other, days that a month lacks and keys that stand twice are found by `casebook check`.
    """
    return _Writer(rulebook, language).schema()


def schema_text(rulebook: Rulebook, language: Language = "en") -> str:
    """Return the schema as the text of a JSON file."""
    return json.dumps(case_schema(rulebook, language), ensure_ascii=False, indent=2) + "\n"


@dataclass(slots=True)
class _Writer:
    rulebook: Rulebook
    language: Language
    definitions: dict[str, Schema] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)

    @property
    def vocabulary(self) -> Vocabulary:
        return self.rulebook.vocabulary

    def schema(self) -> Schema:
        self.definitions.update(SCALARS)
        root = self._instance(root_of(self.vocabulary), self._sections())
        return {
            "$schema": DIALECT,
            "title": TITLE.text(self.language),
            **root,
            "$defs": self.definitions,
        }

    # --- blocks of keys ---

    def _block(
        self,
        fields: Mapping[str, Schema],
        forms: Mapping[str, Sequence[str]],
        required: Iterable[str] = (),
    ) -> Schema:
        """Return a block whose keys may be written in any of their forms; one of them is offered.

        What is not offered is a pattern, so that lists of an editor stay short.
        """
        properties: Schema = {}
        patterns: Schema = {}
        for name, schema in fields.items():
            first = self._offered(forms[name])
            properties[first] = schema
            others = [form for form in forms[name] if form != first]
            if others:
                patterns[f"^(?:{'|'.join(map(_literally, others))})$"] = schema
        block: Schema = {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }
        if patterns:
            block["patternProperties"] = patterns
        if wanted := [_present(forms[name]) for name in required]:
            block["allOf"] = wanted
        return block

    def _offered(self, forms: Sequence[str]) -> str:
        if self.language == "en":
            return forms[0]
        return next((form for form in forms if not form.isascii()), forms[0])

    def _keyed(self, keys: Keys, fields: Mapping[str, Schema]) -> Schema:
        forms = {name: _forms(name) for name in fields}
        told = {name: {**schema, **self._told(name)} for name, schema in fields.items()}
        return self._block(told, forms, keys.required)

    def _told(self, key: str) -> Schema:
        words = KEY_WORDS.get(key)
        return {"description": words.text(self.language)} if words else {}

    # --- the case and what belongs to it ---

    def _instance(self, entity: Entity, more: Mapping[str, Schema]) -> Schema:
        """Return the block of one instance; `more` are the keys that are no facts."""
        forms: dict[str, list[str]] = {name: list(_forms(name)) for name in more}
        taken = {form for names in forms.values() for form in names}
        fields: dict[str, Schema] = dict(more)
        facts, lists = fact_forms(entity), list_forms(entity, self.vocabulary)
        for fact in entity.facts.values():
            fields[fact.name] = self._define(fact.path, self._fact(fact))
            keys = [fact.name, *(form for form in facts if facts[form] is fact)]
            forms[fact.name] = [form for form in dict.fromkeys(keys) if form not in taken]
        for child in self.vocabulary.children(entity.name):
            fields[child.listed_as] = self._list(child)
            keys = [child.listed_as, *(form for form in lists if lists[form] is child)]
            forms[child.listed_as] = list(dict.fromkeys(keys))
        below = self.vocabulary.children(entity.name)
        required = [child.listed_as for child in below if child.name == PARTY]
        if not entity.parent:
            required = [*SECTIONS.required, *required]
        block = self._block({k: v for k, v in fields.items() if forms[k]}, forms, required)
        if entity.name == PARTY:
            # Of a party something must be known besides its name.
            block["not"] = {"propertyNames": {"enum": list(_forms(NAME[0]))}}
        return block

    def _list(self, entity: Entity) -> Schema:
        items = self._define(
            entity.name,
            self._instance(entity, {NAME[0]: {**_ref("text"), **self._told(NAME[0])}}),
        )
        wanted: Schema = {"minItems": 1} if entity.name == PARTY else {}
        return {"type": "array", "items": items, **wanted, **self._label(entity.label)}

    def _define(self, name: str, schema: Schema) -> Schema:
        self.definitions[name] = schema
        return _ref(name)

    def _label(self, label: Label, question: Label | None = None) -> Schema:
        mine, other = label.text(self.language), label.text("zh" if self.language == "en" else "en")
        said = [" / ".join(dict.fromkeys((mine, other)))]
        if question:
            said.append(question.text(self.language))
        return {"title": mine, "description": "\n".join(said)} if mine else {}

    # --- facts ---

    def _fact(self, fact: Fact) -> Schema:
        label = self._label(fact.label or Label(fact.name, fact.alias), fact.question)
        scalar = self._scalar(fact)
        alone = truth_schema(value=_presumed(fact)) if fact.ground else scalar
        kind = KIND_LABELS[fact.type.kind].text(self.language)
        return {**label, "anyOf": [{**alone, "title": kind}, self._value_block(fact, scalar)]}

    def _scalar(self, fact: Fact) -> Schema:
        kind = fact.type.kind
        if kind is Kind.CHOICE:
            return self._choice(fact)
        if fact.format:
            return _ref(fact.format)
        low = max(_constants(fact.low), default=None)
        high = min(_constants(fact.high), default=None)
        if kind is Kind.COUNT:
            limits = {
                "minimum": max(low or 0, 0),
                **({"maximum": high} if high is not None else {}),
            }
            return {"anyOf": [{"type": "integer", **limits}, _ref("count_text")]}
        if kind is Kind.MONEY and low is not None and low >= 0:
            return _ref("money_from_0")
        return _ref(kind.value)

    def _choice(self, fact: Fact) -> Schema:
        """Return the choices in the language first, then in every other form."""
        members = self.vocabulary.choices[fact.type.choices].members
        told: dict[str, str] = {}
        rest: dict[str, str] = {}
        for member in members:
            forms = (member.name, member.alias, member.label.zh, member.label.en)
            both = " / ".join(filter(None, (member.label.en, member.label.zh)))
            told[self._offered([form for form in forms if form])] = both
            rest.update(dict.fromkeys(filter(None, forms), both))
        words = {**told, **rest}
        return self._define(
            f"{fact.path} choices",
            {"enum": list(words), "enumDescriptions": list(words.values())},
        )

    def _value_block(self, fact: Fact, scalar: Schema) -> Schema:
        """Return the block of a fact: its value in one of the forms, and what says so.

        Facts of one sort share it: there are hundreds of facts, and a dozen sorts.
        """
        kind = fact.type.kind
        sort = f"{json.dumps(scalar)} {_presumed(fact) if fact.ground else None}"
        if sort in self.blocks:
            return _ref(self.blocks[sort])
        sorts: list[tuple[str, ...]] = [("value",), ("unknown",)]
        if kind is Kind.CHOICE:
            sorts.append(("one_of",))
        if kind in ORDERED:
            sorts += [("from", "to"), ("at_least", "at_most")]
        fields: dict[str, Schema] = {name: scalar for names in sorts for name in names}
        fields["unknown"] = truth_schema(value=True)
        if "one_of" in fields:
            fields["one_of"] = {"type": "array", "items": scalar, "minItems": 1}
        texts = {"on": _ref("date"), "law": _ref("citation"), "because": _ref("label")}
        fields.update({name: texts.get(name, _ref("text")) for name in SAYS_SO})
        block = self._keyed(Keys(), fields)
        block["oneOf"] = [
            _present([form for name in names for form in _forms(name)]) for names in sorts
        ]
        if fact.ground:
            block["if"] = _holds("value", truth_schema(value=not _presumed(fact)))
            block["then"] = {"allOf": [_present(_forms(name)) for name in OWED_BY_GROUND]}
        self.blocks[sort] = f"{fact.path} in full"
        return self._define(self.blocks[sort], block)

    # --- what is no fact ---

    def _sections(self) -> dict[str, Schema]:
        text, label, amount = _ref("text"), _ref("label"), _ref("money")
        truth, citations = _ref("yes_no"), {"type": "array", "items": _ref("citation")}
        measures = [form for kind, words in MEASURE_LABELS.items() for form in (kind, words.zh)]
        fine = {
            "anyOf": [
                {"enum": [*NO_FINE, *NOT_PRINTED]},
                _ref("money_from_0"),
                self._keyed(FINE, dict.fromkeys(FINE.required, amount)),
            ]
        }
        decided = {
            "respondent": text,
            "act": text,
            "fine": fine,
            "proposed": truth,
            "combined": truth,
            "measures": {"type": "array", "items": {"enum": list(dict.fromkeys(measures))}},
            "articles": citations,
            "articles_unverified": truth,
            "grounds": {"type": "array", "items": label},
        }
        assumption = {"name": text, "text": label, "respondent": text, "gain": amount}
        publication = {
            "title": label,
            "site": text,
            "url": {"type": "string", "pattern": r"^\s*https?://\S+\s*$"},
            "date": {"anyOf": [_ref("date"), {"enum": list(NOT_PRINTED)}]},
            "evidence": {"enum": [one.value for one in SourceEvidence]},
        }
        identifier = {
            "anyOf": [
                {
                    "type": "string",
                    "pattern": f"^{IDENTIFIER.pattern}$",
                    "maxLength": MAX_IDENTIFIER,
                },
                {"type": "number", "minimum": 0},
            ]
        }
        found: dict[str, Schema] = {
            "case": identifier,
            "title": label,
            "notes": label,
            "assumptions": {"type": "array", "items": self._keyed(ASSUMPTION, assumption)},
            "decided": {"type": "array", "items": self._decided(decided)},
            "sources": {"type": "array", "items": self._keyed(PUBLICATION, publication)},
            "expect_open": {"type": "array", "items": text},
        }
        return {name: {**schema, **self._told(name)} for name, schema in found.items()}

    def _decided(self, fields: Mapping[str, Schema]) -> Schema:
        """Return one decided entry: a fine with what goes with it, or statuses, or both."""
        statuses = {
            key: {"type": "array", "items": self._status(kind), "minItems": 1}
            for kind, key in KEY_OF.items()
        }
        block = self._keyed(DECIDED, {**fields, **statuses})

        def some(keys: Iterable[str]) -> Schema:
            return _present([form for key in keys for form in _forms(key)])

        alone = {"allOf": [some(statuses), {"not": some(OF_FINE)}]}
        block["allOf"] = [*block["allOf"], {"anyOf": [some(["fine"]), alone]}]
        return block

    def _status(self, kind: PublishedKind) -> Schema:
        """Return one published status: a block, or the name of what the party got."""
        name = _one_of(names_of(kind, self.rulebook))
        known: dict[str, Schema] = {
            "name": name,
            "other": _ref("label"),
            "department": _one_of(department_forms(self.rulebook)),
            "of": _one_of(carriers(self.rulebook)),
            **dict.fromkeys(("entered", "granted"), _ref("yes_no")),
            **dict.fromkeys(("day", "until"), _ref("date")),
            **dict.fromkeys(("term", "minimum"), _ref("period")),
        }
        keys = STATUS_KEYS[kind]
        block = self._keyed(keys, {key: known[key] for key in keys.optional})
        block["oneOf"] = [_present(_forms("name")), _present(_forms("other"))]
        return {"anyOf": [name, block]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{quote(name)}"}


def _one_of(forms: Iterable[str]) -> Schema:
    """Return that one of these words must stand there; nothing fits where there is none."""
    words = list(forms)
    return {"enum": words} if words else {"not": {}}


def _forms(key: str) -> tuple[str, ...]:
    """Return a key that is no fact, in English and in Chinese where it has a Chinese form."""
    return (key, CHINESE_KEYS[key]) if key in CHINESE_KEYS else (key,)


def _present(forms: Sequence[str]) -> Schema:
    """Return that one of these keys must stand there."""
    if len(forms) == 1:
        return {"required": list(forms)}
    return {"anyOf": [{"required": [form]} for form in forms]}


def _holds(key: str, schema: Schema) -> Schema:
    forms = _forms(key)
    return {"anyOf": [{"required": [form], "properties": {form: schema}} for form in forms]}


def _literally(text: str) -> str:
    """Return a pattern of ECMAScript for exactly this text; Python's own escapes too much."""
    return re.sub(r"[\\^$.*+?()\[\]{}|/]", r"\\\g<0>", text)


def _presumed(fact: Fact) -> bool:
    return fact.presumption.value if fact.presumption else False


def _constants(expressions: Iterable[object]) -> list[int]:
    values = (part.value for part in expressions if isinstance(part, Constant))
    return [value for value in values if isinstance(value, int)]
