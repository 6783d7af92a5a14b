# SPDX-License-Identifier: Apache-2.0
"""Words about batches: what keeps a letter from leaving, what became of it, and when the last one leaves."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QLocale

from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import Batch, BatchState, BatchWay, Delivery
from optout_desktop.gui import letter_words, wording
from optout_desktop.gui.labels import shown
from optout_desktop.gui.tokens import StatusToken
from optout_desktop.services.batch_review import ItemReview, Trouble
from optout_desktop.services.batches import BatchProgress, ItemResult
from optout_desktop.services.outbox import INTERRUPTED

_MINUTE, _HOUR = 60, 3600


def tr(text: str) -> str:
    """The sentence in the person's language."""
    return QCoreApplication.translate("batch_words", text)


def number(count: int) -> str:
    """A count as people write it."""
    return QLocale().toString(count)


def letters(count: int) -> str:
    """*1 letter* or *n letters*."""
    return tr("1 letter") if count == 1 else tr("{count} letters").format(count=number(count))


# ── the review ───────────────────────────────────────────────────────────────────────────────────────


def trouble(value: Trouble) -> str:
    """Why a letter needs attention, in a few words."""
    return {
        Trouble.NO_ADDRESS: tr("No e-mail address is known"),
        Trouble.DEAD_ADDRESS: tr("A message to this address came back"),
        Trouble.BAD_ADDRESS: tr("This is no e-mail address"),
        Trouble.NO_SENDER_ADDRESS: tr("No mail account, or no address of yours, to send from"),
        Trouble.MISSING_FACT: tr("The letter needs something that only you know"),
        Trouble.TEMPLATE_ERROR: tr("Your own template does not work for this letter"),
        Trouble.NOT_NOW: tr("It cannot be sent now"),
        Trouble.ALREADY_ASKED: tr("You already ask them the same"),
        Trouble.EDITED: tr("You changed the text of this letter"),
    }[value]


def advice(value: Trouble) -> str:
    """What a person can do about it."""
    return {
        Trouble.NO_ADDRESS: tr("Type an address below, or take the letter out and send it another way."),
        Trouble.DEAD_ADDRESS: tr("Take another address of theirs, or type one."),
        Trouble.BAD_ADDRESS: tr("Type the address again."),
        Trouble.NO_SENDER_ADDRESS: tr("Choose another account below, or write draft files."),
        Trouble.MISSING_FACT: tr("Open the letter and fill in what is marked as needed."),
        Trouble.TEMPLATE_ERROR: tr("Open the letter and go back to the shipped template."),
        Trouble.NOT_NOW: tr("Take it out; its request stays as it is."),
        Trouble.ALREADY_ASKED: tr("Take it out, or send it all the same."),
        Trouble.EDITED: tr("Look at it once more, then send it all the same."),
    }[value]


def why(item: ItemReview) -> str:
    """Every reason why a letter needs attention, in one line."""
    return QLocale().createSeparatedList([trouble(each) for each in item.troubles])


def state(item: ItemReview) -> str:
    """Where a letter of a review stands."""
    if item.is_ready:
        return tr("Ready, all the same") if item.troubles else tr("Ready")
    return tr("Needs attention")


def state_token(item: ItemReview) -> StatusToken:
    """The sign beside it."""
    return StatusToken.COMPLETED if item.is_ready else StatusToken.NEEDS_YOU


def ready_count(ready: int, attention: int) -> str:
    """How many letters are ready, and how many are not."""
    if not attention:
        return tr("1 ready.") if ready == 1 else tr("{count} ready.").format(count=number(ready))
    words = (
        tr("{ready} ready, 1 needs attention and stays a draft.")
        if attention == 1
        else tr("{ready} ready, {attention} need attention and stay drafts.")
    )
    return words.format(ready=number(ready), attention=number(attention))


def basis(law: str, answer_by_on: date | None) -> str:
    """The law of a letter, and until when an answer is due if it left today."""
    if answer_by_on is None:
        return tr("{law}, names no day").format(law=law)
    return tr("{law}, answer due {day}").format(law=law, day=wording.long_date(answer_by_on))


# ── the pace ─────────────────────────────────────────────────────────────────────────────────────────


def last_leaves_at(count: int, delay_seconds: int, daily_cap: int, first_at: datetime) -> datetime:
    """When the last of so many letters leaves, if every one goes through and nothing else is sent."""
    last = max(count - 1, 0)
    days, rest = divmod(last, daily_cap) if daily_cap else (0, last)
    in_a_day = timedelta(seconds=min(rest * delay_seconds, 24 * _HOUR)) if daily_cap else timedelta(0)
    by_delay = timedelta(seconds=last * delay_seconds)
    return first_at + max(by_delay, timedelta(days=days) + in_a_day)


def seconds(count: int) -> str:
    """A pause as people say it."""
    if not count:
        return tr("without a pause")
    if count < _MINUTE:
        return tr("1 second apart") if count == 1 else tr("{count} seconds apart").format(count=count)
    if count % _MINUTE == 0:
        minutes = count // _MINUTE
        return tr("1 minute apart") if minutes == 1 else tr("{count} minutes apart").format(count=minutes)
    return tr("{minutes} min {seconds} s apart").format(minutes=count // _MINUTE, seconds=count % _MINUTE)


def pace(batch: Batch) -> str:
    """Pause and cap in one line."""
    if not batch.daily_cap:
        return tr("{pause}, no daily limit").format(pause=seconds(batch.delay_seconds))
    return tr("{pause}, at most {cap} in 24 hours").format(
        pause=seconds(batch.delay_seconds), cap=number(batch.daily_cap)
    )


def last_leaves(count: int, batch: Batch, now: datetime, wait_seconds: int) -> str:
    """When the last letter leaves, in a sentence."""
    first_at = now + timedelta(seconds=wait_seconds)
    last_at = last_leaves_at(count, batch.delay_seconds, batch.daily_cap, first_at)
    if last_at - now < timedelta(minutes=1):
        return tr("The last one leaves within a minute.")
    return tr("The last one leaves on {when} at the earliest, as long as the app is open.").format(
        when=wording.instant(last_at)
    )


# ── what came of it ──────────────────────────────────────────────────────────────────────────────────


def result(item: ItemResult, way: BatchWay) -> str:
    """What became of one letter, in a few words."""
    if way is BatchWay.EML:
        return tr("Draft written") if item.is_made else tr("Not written yet")
    match item.delivery:
        case None:
            return tr("Draft")
        case Delivery.WAITING:
            return tr("Waiting")
        case Delivery.UNDER_WAY:
            return tr("Under way")
        case Delivery.ACCEPTED:
            return tr("Sent ({code})").format(code=item.code) if item.code else tr("Sent")
        case Delivery.REFUSED:
            return tr("Refused ({code})").format(code=item.code) if item.code else tr("Refused")
        case Delivery.UNCERTAIN:
            return tr("Not known")
        case Delivery.CANCELLED:
            return tr("Not sent, cancelled")


def result_token(item: ItemResult, way: BatchWay) -> StatusToken:
    """The sign beside it."""
    if way is BatchWay.EML:
        return StatusToken.COMPLETED if item.is_made else StatusToken.DRAFT
    return {
        None: StatusToken.DRAFT,
        Delivery.WAITING: StatusToken.DUE_SOON,
        Delivery.UNDER_WAY: StatusToken.SENT,
        Delivery.ACCEPTED: StatusToken.COMPLETED,
        Delivery.REFUSED: StatusToken.REFUSED,
        Delivery.UNCERTAIN: StatusToken.NEEDS_YOU,
        Delivery.CANCELLED: StatusToken.CLOSED,
    }[item.delivery]


def said(item: ItemResult) -> str:
    """The server's words about one letter, or what the app knows instead."""
    if item.delivery is Delivery.UNCERTAIN:
        return tr("It was handed over and nobody knows whether it arrived. Look into your Sent folder.")
    if item.reply == INTERRUPTED:
        return tr("The app ended before it left; it is tried again.")
    if item.reply:
        return shown(item.reply)
    return ""


def counts(progress: BatchProgress) -> str:
    """How many letters stand where, in one line."""
    total = len(progress.items)
    if progress.batch.way is BatchWay.EML:
        return tr("{done} of {total} drafts written").format(done=number(progress.done), total=number(total))
    found = progress.counts
    parts = [
        words.format(count=number(found[each]))
        for each, words in (
            (Delivery.ACCEPTED, tr("{count} sent")),
            (Delivery.UNDER_WAY, tr("{count} under way")),
            (Delivery.WAITING, tr("{count} waiting")),
            (Delivery.REFUSED, tr("{count} refused")),
            (Delivery.UNCERTAIN, tr("{count} not known")),
            (Delivery.CANCELLED, tr("{count} cancelled")),
        )
        if found.get(each)
    ]
    return QLocale().createSeparatedList(parts) if parts else tr("Nothing was sent.")


def batch_state(value: BatchState) -> str:
    """How far a batch is."""
    return {
        BatchState.REVIEW: tr("Not sent yet"),
        BatchState.RUNNING: tr("Being sent"),
        BatchState.PAUSED: tr("Paused"),
        BatchState.CANCELLED: tr("Cancelled"),
        BatchState.DONE: tr("Done"),
    }[value]


def batch_token(value: BatchState) -> StatusToken:
    """The sign beside a batch."""
    return {
        BatchState.REVIEW: StatusToken.DRAFT,
        BatchState.RUNNING: StatusToken.SENT,
        BatchState.PAUSED: StatusToken.DUE_SOON,
        BatchState.CANCELLED: StatusToken.CLOSED,
        BatchState.DONE: StatusToken.COMPLETED,
    }[value]


def batch_name(batch: Batch) -> str:
    """A batch in a list."""
    kinds = {one.kind for one in batch.items}
    what = letters(len(batch.items))
    if kinds and kinds != {LetterKind.REQUEST}:
        kind = next(iter(kinds - {LetterKind.REQUEST}))
        what = tr("{count}: {kind}").format(count=what, kind=letter_words.title(kind))
    return tr("{letters}, made on {day}").format(letters=what, day=wording.long_date(batch.created_at.date()))


def companies(progress: BatchProgress) -> str:
    """Whom a batch goes to, in a few words."""
    first, more = shown(progress.items[0].company_name), len(progress.items) - 1
    if not more:
        return first
    words = tr("{company} and 1 more") if more == 1 else tr("{company} and {count} more")
    return words.format(company=first, count=number(more))


def kept(progress: BatchProgress) -> str:
    """What a cancelled batch leaves behind."""
    if progress.batch.way is BatchWay.EML:
        return tr(
            "Cancelled. {done} drafts were written and stay in the folder; the other requests stay drafts."
        ).format(done=number(progress.done))
    sent = progress.counts.get(Delivery.ACCEPTED, 0)
    back = progress.counts.get(Delivery.CANCELLED, 0)
    return tr(
        "Cancelled. {sent} of {total} letters were sent and stay sent; {back} were taken back and stay drafts."
    ).format(sent=number(sent), total=number(len(progress.items)), back=number(back))
