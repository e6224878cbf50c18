"""Which rules look, and how loudly each speaks: names, groups of names and patterns, as settings give them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase

from msgspec import Struct
from msgspec.structs import replace

from ropa.errors import BadSettings, did_you_mean
from ropa.findings import RuleInfo, Severity

ALL = "ALL"


class Pattern(Struct, frozen=True):
    """Some rules. `at` says where that was written, such as `ropa.toml:3`: it is asked only when something is wrong.

    `recipient-omitted` is one rule, `recipient` every rule whose name begins with that word, `*-vague`
    every rule whose name fits, `ALL` every rule.
    """

    text: str
    at: Callable[[], str]

    def names(self, rule: str) -> bool:
        """Whether the rule of that name is one of them."""
        return (
            self.text in (rule, ALL)
            or rule.startswith(f"{self.text}-")
            or (self._is_glob and fnmatchcase(rule, self.text))
        )

    def closeness(self, rule: str) -> tuple[bool, bool, int]:
        """How narrowly it names a rule: by name, by its first words, or by a pattern; the larger the narrower."""
        return self.text == rule, not self._is_glob and self.text != ALL, len(self.text)

    @property
    def _is_glob(self) -> bool:
        return not {"*", "?", "["}.isdisjoint(self.text)


class Choice(Struct, frozen=True):
    """What one place, a file or the command line, says about the rules.

    Where it selects, nothing else looks. Of two patterns that name a rule the narrower one counts, and
    of equals the one that switches it off.
    """

    select: tuple[Pattern, ...] = ()
    ignore: tuple[Pattern, ...] = ()
    severity: tuple[tuple[Pattern, Severity], ...] = ()

    def apply(self, on: frozenset[str], rules: Iterable[str]) -> frozenset[str]:
        """The rules that are on, when those of `on` were."""
        return frozenset(rule for rule in rules if self._switches_on(rule, was_on=rule in on))

    def _switches_on(self, rule: str, *, was_on: bool) -> bool:
        for_it, against = _closest(self.select, rule), _closest(self.ignore, rule)
        if self.select:
            return for_it is not None and (against is None or for_it > against)
        return was_on and against is None


def choice(
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    at: tuple[str, str] = ("select", "ignore"),
) -> Choice:
    """The rules that somebody switches on and off by words, several in one with commas; `at` is where they say so."""

    def patterns(where: str, written: Iterable[str]) -> tuple[Pattern, ...]:
        words = (word.strip() for words in written for word in words.split(","))
        return tuple(Pattern(word, lambda: where) for word in words if word)

    return Choice(patterns(at[0], select), patterns(at[1], ignore))


class Chosen(Struct, frozen=True):
    """The rules that look, and how the settings changed them.

    `off` were switched off. `kept` were to be, but stay on because they notice what could not be checked.
    `regraded` have another severity than they came with.
    """

    on: tuple[RuleInfo, ...]
    off: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    regraded: tuple[RuleInfo, ...] = ()


def choose(rules: Iterable[RuleInfo], choices: Iterable[Choice]) -> Chosen:
    """What is left of the rules after every choice, the last of which counts most.

    Raises `BadSettings` where a name is that of no rule, or would hide that something was not checked.
    """
    catalogue = {info.id: info for info in rules}
    on = frozenset(catalogue)
    severity: dict[str, Severity] = {}
    for choice in choices:
        _refuse(choice, catalogue)
        on = choice.apply(on, catalogue)
        severity.update(_severities(choice, catalogue))
    if not on:
        raise BadSettings("the settings switch every rule off; leave those on that matter to you")
    always = frozenset(id_ for id_, info in catalogue.items() if info.undecided)
    graded = [replace(i, severity=severity.get(i.id, i.severity)) for i in catalogue.values()]
    looking = tuple(info for info in graded if info.id in on | always)
    return Chosen(
        looking,
        tuple(sorted(catalogue.keys() - on - always)),
        tuple(sorted(always - on)),
        tuple(info for info in looking if info.severity is not catalogue[info.id].severity),
    )


def _severities(
    choice: Choice, catalogue: Mapping[str, RuleInfo]
) -> Iterator[tuple[str, Severity]]:
    """The severity that the narrowest pattern gives to each rule that can have another."""
    for id_, info in catalogue.items():
        fitting = [(p.closeness(id_), severity) for p, severity in choice.severity if p.names(id_)]
        if fitting and not info.undecided:
            yield id_, max(fitting)[1]


def _refuse(choice: Choice, catalogue: Mapping[str, RuleInfo]) -> None:
    """A slip of the keyboard must not switch off nothing, or everything; nothing may hide what was not checked."""
    graded = tuple(pattern for pattern, _ in choice.severity)
    for pattern in (*choice.select, *choice.ignore, *graded):
        if not any(map(pattern.names, catalogue)):
            near = did_you_mean(pattern.text, catalogue)
            message = f"{pattern.at()}: there is no rule {pattern.text}{near}"
            raise BadSettings(f"{message}; `ropa explain` lists them")
    for pattern in (*choice.ignore, *graded):
        named = [info for info in catalogue.values() if pattern.names(info.id)]
        if all(info.undecided for info in named):
            done = "given another severity" if pattern in graded else "switched off"
            raise BadSettings(
                f"{pattern.at()}: {pattern.text} cannot be {done}, because it says that something could "
                "not be checked, and nothing passes by not being looked at"
            )


def _closest(patterns: Iterable[Pattern], rule: str) -> tuple[bool, bool, int] | None:
    return max((p.closeness(rule) for p in patterns if p.names(rule)), default=None)
