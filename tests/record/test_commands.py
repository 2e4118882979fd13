"""A command is known again by what was sent: in databases that are in use, and by no other."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from dashboard.records.backdrops.backdrops import AddBackdrop, RemoveBackdrop
from dashboard.records.core.commands import Command
from dashboard.records.dossier.attachments import AddAttachment, WithdrawAttachment
from dashboard.records.dossier.comments import SayComment, WithdrawComment
from dashboard.records.meetings.agreements import FollowAgreement, KeepAgreement
from dashboard.records.meetings.corrections import CorrectAct
from dashboard.records.meetings.decisions import Decide
from dashboard.records.meetings.groups import KeepMember
from dashboard.records.meetings.meetings import (
    CancelMeeting,
    ChangeMeeting,
    CloseMeeting,
    MoveMeeting,
    OpenMeeting,
    PlanMeeting,
    RestoreMeeting,
    UndoOpening,
)
from dashboard.records.meetings.snapshots import TakeSnapshot
from dashboard.records.people.accounts import ChangeAccount, CreateAccount, SetAddress, SetPassword
from dashboard.records.people.sharing import EndShare, SharePage
from dashboard.records.proposals.amending import AmendProposal
from dashboard.records.proposals.first import KeepFirstProposals
from dashboard.records.proposals.proposals import CreateProposal, EditProposal, MakeStep
from dashboard.records.rooms.answers import GiveAnswer
from dashboard.records.rooms.desk import Admit, ChangeRoom, CloseRoom, OpenRoom, Remove
from dashboard.records.rooms.joining import JoinRoom
from dashboard.records.tracking.focas import EnterScore, EnterScores
from dashboard.records.tracking.qsip import EnterStage, EnterStages

DAY = date(2013, 3, 5)
DECIDED = ("22-2013-3", "lamas", "agreed", 1, 0, 0, None, "", None, None)
# what stands in databases that were written before a command was a class
KEPT = [
    (CreateProposal({"name": "Ñ", "ubigeos": ["220701"], "phase": 1}, ""), "ce9161d551234d76"),
    (EditProposal("lamas", 1, {"services": {"health"}}, "n"), "dd5d77f599c06e1e"),
    (MakeStep("propose", "lamas", 1, "n", "d", DAY), "d71b29c12c5737ff"),
    (PlanMeeting("22", 3, date(2013, 3, 15), {"place": "Lamas"}), "13df4bcdb14ab840"),
    (ChangeMeeting("22-2013-3", 1, {"note": "x"}), "97582cee4c46b483"),
    (OpenMeeting("22-2013-3", 1), "ac0d33a00611a8b0"),
    (CloseMeeting("22-2013-3", 2), "1ab3bdd8f0f0b6e0"),
    (Decide(*DECIDED), "5e58b58544154e8c"),
    (TakeSnapshot("22-2013-3", "proposal", ["lamas"]), "d449235dda6f41bc"),
    (KeepMember(None, None, {"name": "X"}), "bc86f6da9ee7ecc9"),
    (EnterScore({"points": 2.5}, None), "48a4635924d0a677"),
    (EnterStage("lamas", {"cycle": 1}, 1), "0321ed1bc31bf1e0"),
    (CreateAccount({"login": "ana"}), "9978ecf5c5709e11"),
    (ChangeAccount("a", 1, {"active": False}), "81a99af12d4e80c3"),
]


@pytest.mark.parametrize("command, kept", KEPT, ids=lambda value: getattr(value, "name", ""))
def test_a_request_of_a_database_in_use_is_known_again(command, kept):
    assert command.fingerprint.startswith(kept)


def test_a_command_is_another_as_soon_as_anything_of_it_is():
    command = MakeStep("propose", "lamas", 1, "n", "d", DAY)
    others = [{"step": "review"}, {"id": "tambopata"}, {"version": 2}, {"note": "m"}, {"document": ""}, {"on": None},
              {"attachment": "f"}]  # fmt: skip
    assert len({replace(command, **other).fingerprint for other in [{}, *others]}) == 1 + len(others)
    assert replace(command).fingerprint == command.fingerprint


def test_every_use_case_has_a_command_that_nothing_alters_and_no_password_is_in_one():
    rest = [SetPassword("a"), SharePage(), EndShare(), EnterScores(), EnterStages(), KeepFirstProposals()]
    rest += [of("22-2013-3", 1) for of in (UndoOpening, MoveMeeting, CancelMeeting, RestoreMeeting)]
    rest += [KeepAgreement("22-2013-3", None, None, {}), FollowAgreement("a", 1, {}), CorrectAct("22-2013-3", {})]
    rest += [AmendProposal("22-2013-3", "lamas", 1, {})]
    rest += [OpenRoom("m"), ChangeRoom("m", 1), CloseRoom("m", 1), Admit("p"), Remove("p"), JoinRoom("m")]
    rest.append(GiveAnswer(1, "vote", "lamas", {}, 1))
    rest += [SayComment("lamas", {"text": "x"}), WithdrawComment("c", 1), AddAttachment("lamas", "x.pdf", "ab")]
    rest += [WithdrawAttachment("a", 1), SetAddress("a", "x@y.pe"), AddBackdrop({}), RemoveBackdrop("b", 1)]
    commands = [command for command, _ in KEPT] + rest
    assert {type(command) for command in commands} == _all(Command)
    for command in commands:
        with pytest.raises(FrozenInstanceError):
            command.action = "x"
        assert "password" not in command.sent()


def _all(kind):
    return {below for own in kind.__subclasses__() for below in {own} | _all(own)}
