"""What a notice in draft says besides the flows: who we are, people's rights, whom to complain to."""

from collections.abc import Iterable, Iterator
from datetime import date

from ropa.drafting import words
from ropa.drafting.readers import Readers
from ropa.drafting.using import activities
from ropa.drafting.values import Block, DraftBullets, DraftLine, DraftPart, Saying, Section, line
from ropa.judging.items import due
from ropa.register.model import NOTHING, SELF, Activity, Claim
from ropa.register.vocabulary import Facet
from ropa.saying import phrases


class Items:
    """The sections about the items of Articles 13 and 14 that are due to the readers on a day."""

    def __init__(self, readers: Readers, day: date) -> None:
        self.readers = readers
        self.register = readers.register
        self.day = day
        self.due = frozenset(due(self.register, readers.atoms, day))
        self.activities = activities(readers)
        self.organisation = self.register.organisation

    # -- who ---------------------------------------------------------------------------------------

    def who(self) -> Section:
        """Who is responsible, and how to reach them."""
        blocks: list[Block] = [self._controller(), self._contact()]
        if "representative" in self.due and self.organisation:
            said = f"Our representative here is: {_end(self.organisation.representative)}"
            blocks.append(line(said, _informs("representative")))
        if "joint-arrangement" in self.due:
            blocks += self._together()
        parts = (
            [DraftPart("Our data protection officer", (self._officer(),))]
            if "dpo-contact" in self.due
            else []
        )
        return Section("who", "Who we are", tuple(blocks), tuple(parts))

    def _controller(self) -> DraftLine:
        if self.organisation is None:
            self.readers.lack("whose register it is: there is no organisation in it")
            return line(
                "", slots=["Add: the name of your organisation, and that it is the controller"]
            )
        name = self.organisation.name
        said = f"{name} decides how your information is used. The law calls us the controller."
        return line(said, _informs("controller-identity"))

    def _contact(self) -> DraftLine:
        if self.organisation is None or not self.organisation.contact:
            self.readers.lack("how to reach the organisation (`contact`)")
            return line(
                "You can reach us here:",
                slots=["Add: your postal address, and an email address or telephone number"],
            )
        said = f"You can reach us here: {_end(self.organisation.contact)}"
        return line(said, _informs("controller-contact"))

    def _officer(self) -> DraftLine:
        lead = "Our data protection officer checks that we look after your information as the law says."
        if self.organisation is None or not self.organisation.dpo:
            self.readers.lack("how to reach the data protection officer (`dpo`)")
            return line(lead, slots=["Add: how people can reach the data protection officer"])
        said = f"{lead} You can reach the officer here: {_end(self.organisation.dpo)}"
        return line(said, _informs("dpo-contact"))

    def _together(self) -> Iterator[DraftLine]:
        for activity in self.activities:
            joint = self.readers.known(Facet.RECIPIENT, activity.record.joint_controllers)
            if joint:
                names = phrases.to_the_person(self.register, Facet.RECIPIENT, joint)
                what = phrases.to_the_person(self.register, Facet.PURPOSE, activity.purposes)
                said = f"We decide together with {names} how your information is used for {what}."
                parties = (self.register.parties.get(word) for word in joint)
                for party in parties:
                    if party and party.contact:
                        said += f" You can reach {party.name} here: {_end(party.contact)}"
                self.readers.lack(
                    "what joint controllers have agreed, in words for the people concerned (Article 26(2))",
                    activity.id,
                )
                yield line(
                    said, slots=["Add: what you and they have agreed, and whom people can turn to"]
                )

    # -- giving data, and machines -----------------------------------------------------------------

    def giving(self) -> Iterator[Section]:
        """Whether people have to give their data, and what follows if not."""
        asking = [a for a in self.activities if _asks(a)]
        free = [a for a in asking if a.record.required_by == NOTHING]
        bound = [a for a in asking if a.record.required_by not in ("", NOTHING)]
        open_ = (
            []
            if "statutory-requirement" not in self.due
            else [a for a in asking if not a.record.required_by and not a.rests_on("a")]
        )
        entries = []
        for activity in bound:
            said = f": you have to give it to us, because of {words.cited(activity.record.required_by)}."
            entries.append(
                self._asked(activity, said, ["Add: what happens if people do not give it"])
            )
            self.readers.lack(
                "what happens if people do not give data that they have to give", activity.id
            )
        if open_:
            for activity in open_:
                self.readers.lack(
                    "whether people have to give their data (`required_by`)", activity.id
                )
            purposes = tuple(dict.fromkeys(p for a in open_ for p in a.purposes))
            strong = f"For {phrases.to_the_person(self.register, Facet.PURPOSE, purposes)}"
            slots = ["Add: whether people have to give you this, and what happens if they do not"]
            entries.append(line(":", strong=strong, slots=slots))
        entries += [self._asked(a, ": you do not have to give it to us.", []) for a in free]
        if entries:
            heading = "Whether you have to give us information"
            yield Section("giving", heading, (DraftBullets(tuple(entries)),))

    def _asked(self, activity: Activity, said: str, slots: list[str]) -> DraftLine:
        purposes = phrases.to_the_person(self.register, Facet.PURPOSE, activity.purposes)
        return line(said, strong=f"For {purposes}", slots=slots)

    def machines(self) -> Iterator[Section]:
        """Decisions that no person takes."""
        if "automated-decisions" not in self.due:
            return
        entries = []
        for activity in self.activities:
            decisions = activity.record.automated_decisions
            if decisions is None or not decisions.alone:
                continue
            what = phrases.to_the_person(self.register, Facet.PURPOSE, activity.purposes)
            said, slots = ": a computer makes this decision about you, and no person does.", []
            for text, lead, slot in (
                (decisions.logic, "How it decides", "Add: how the computer decides"),
                (decisions.consequences, "What follows for you", "Add: what follows for people"),
            ):
                if text:
                    said += f" {lead}: {_end(text)}"
                else:
                    slots.append(slot)
                    self.readers.lack(
                        "how a computer decides about people, and what follows", activity.id
                    )
            says = [] if slots else [_informs("automated-decisions")]
            entries.append(line(said, *says, strong=f"For {what}", slots=slots))
        challenge = line(
            "You can ask that a person looks at such a decision, tell us what you think, and say that it is wrong."
        )
        yield Section(
            "machines", "Decisions made by a computer", (DraftBullets(tuple(entries)), challenge)
        )

    # -- rights ------------------------------------------------------------------------------------

    def rights(self) -> Section:
        """The rights that go with the lawful bases."""
        entries = [line(said, _informs(item)) for item, said in _RIGHTS if item in self.due]
        if "right-to-portability" in self.due:
            entries.append(self._portable())
        blocks: list[Block] = [line("You can:"), DraftBullets(tuple(entries))]
        blocks.append(
            line(
                "Tell us if you want to do any of this. It costs nothing, and we answer within one month. "
                "If it takes longer, we tell you why."
            )
        )
        parts = []
        if "right-to-object" in self.due:
            bases = [
                phrases.BASES[letter] for letter in ("e", "ea", "f") if letter in self._letters()
            ]
            said = (
                f"You can object to what we do with your information where our lawful basis is "
                f"{phrases.several(bases, 'or')}. Then we stop, unless we have a very strong reason to go on."
            )
            parts.append(
                DraftPart("Your right to object", (line(said, _informs("right-to-object")),))
            )
        if "right-to-withdraw-consent" in self.due:
            said = (
                "Where we use your information because you agreed to it, you can change your mind at any time. "
                "What we did before that stays lawful."
            )
            informs = _informs("right-to-withdraw-consent")
            parts.append(DraftPart("Your right to change your mind", (line(said, informs),)))
        return Section("rights", "Your rights", tuple(blocks), tuple(parts))

    def _portable(self) -> DraftLine:
        contract = "b" in self._letters()
        bases = [
            *(["consent"] if "right-to-withdraw-consent" in self.due else []),
            *(["a contract"] if contract else []),
        ]
        said = (
            "ask for the information that you gave us in a file that you can take elsewhere, where our lawful basis is "
            f"{phrases.several(bases, 'or')}"
        )
        return line(said, _informs("right-to-portability"))

    def _letters(self) -> frozenset[str]:
        found = {flow.basis.letter for flow in self.readers.flows if flow.basis}
        return frozenset(found | {p.basis.letter for a in self.activities for p in a.bases})

    def complaints(self) -> Section:
        """Whom to complain to."""
        blocks: list[Block] = []
        if "complaint-to-controller" in self.due:
            said = "You can complain to us about how we use your information."
            more = "We tell you within 30 days that we have your complaint, and then what we did about it."
            blocks += [line(said, _informs("complaint-to-controller")), line(more)]
        names = [regulator.name for regulator in words.regulators(self.register, self.day)]
        whom = (
            phrases.several(names)
            or "the authority for data protection in the country where you live or work"
        )
        also = "also " if blocks else ""
        ico = (
            ", which people call the ICO"
            if any("Information Commission" in n for n in names)
            else ""
        )
        said = f"You can {also}complain to {whom}{ico}."
        blocks.append(line(said, _informs("right-to-complain")))
        if also:
            blocks.append(line("You do not have to come to us first."))
        return Section("complaints", "If you are unhappy with what we do", tuple(blocks))


_RIGHTS = (
    ("right-of-access", "ask us for a copy of the information that we have about you"),
    ("right-to-rectification", "ask us to put right what is wrong or missing"),
    (
        "right-to-erasure",
        "ask us to delete information about you; sometimes the law says that we have to keep it",
    ),
    (
        "right-to-restriction",
        "ask us to stop using your information for a time, such as while we check whether it is right",
    ),
)


def changes(start: date | None) -> Section:
    """What becomes of the notice when something changes."""
    since = f"This notice applies from {phrases.day(start)}. " if start else ""
    said = "When we want to use your information for something new, we change this notice and tell you before we begin."
    return Section("changes", "If this notice changes", (line(f"{since}{said}"),))


def _asks(activity: Activity) -> bool:
    """Whether people are asked for data themselves, or the register says what makes them give it."""
    return bool(activity.record.required_by) or any(s.party == SELF for s in activity.sources)


def _informs(*items: str) -> Saying:
    return Saying(Claim.INFORMS, {"items": items})


def _end(text: str) -> str:
    """A text as the end of a sentence. An address keeps its end to itself, so that it can be copied."""
    text = text.strip()
    address = any(sign in text.split()[-1] for sign in ("@", "://", "www.")) if text else False
    return text if address or text.endswith((".", "!", "?")) else f"{text}."


def compact(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections that say something."""
    return tuple(s for s in sections if s.blocks or s.parts)
