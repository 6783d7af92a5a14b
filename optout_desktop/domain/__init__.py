# SPDX-License-Identifier: Apache-2.0
"""What is true: frozen values and pure rules over them. The glossary, one noun a concept:

person        somebody a request is made for: oneself or a client
company       an organisation that can be asked; the directory ships some, a person adds others
contact       one way to reach a company; it has a channel, a source and a date
channel       how words travel: email, sms, call, post, form, chat
right         what can be asked, one closed list for every law
goal          what a person wants in their own words, before a law and a right are chosen
law           one statute as data: rights, rules, whom it protects
rule          one duty or span under a law: step, period, start event, counting, citation, from–to dates
request       one person asking one company, under one right of one law, to stop
register      a list or signal by which a person opts out once for many; it stands in the place of company and law
registration  a request made to a register: in force until its end, then the person's to renew
event         one entry in a request's history; only ever appended
reply         an event that says what the company answered
status        where a request stands, read off its events
clock         one rule running for one request: start, three dates, state on a day
deadline      the clock that a person should look at first
due date      the last lawful day after the roll that the law states
flag-after    the latest defensible day; a deadline is missed when it has ended
milestone     a date that a person should see: theirs, mine or a span, with its own state
annex         the explanation of one date as a page
snapshot      the rules and non-working days kept with a request when it was sent
letter        the words sent to a company: a request, a reminder or a follow-up
follow-up     a letter after a request: a reminder, an appeal, a complaint to the company, a counter-letter …
counter-letter  the answer to a deflection: a company asked, sent on or refused where it should have acted
tone, shape   how a letter speaks (plain, firm), and what for: full, short for a form, a script for a call
companion     the same letter in the person's own language, to read beside it
own template  a letter that a person wrote for themselves, in Liquid
attachment    a file that goes along with one letter
made letter   a letter as it left the app, byte for byte, until the person says that it was sent
account       a person's own mail account, with its servers
message       a letter in the outbox; where it stands is read off its steps
outbox        the messages that wait, leave, were accepted, refused, or are uncertain
batch         letters to many companies that leave one after another, after one consent
list          companies from elsewhere, as one file names them; each is new, the same, or differs from what is known
import        a list or requests taken in from a file; it is shown before, all of it or nothing, and can be undone
export        requests or their deadlines in a file that is not encrypted
dead contact  an address from which mail came back; shown, and not proposed until somebody says that it works
finding       a possible breach of one kind, as a rule names it; never a verdict
damages       an amount of money that a statute sets for a breach, as data; no sum is computed
evidence      a file kept with a request by its exact bytes
overview      one request in one row
agenda        what deserves attention today, in order
vault         the one encrypted file that all this lies in
"""
