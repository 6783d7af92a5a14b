# SPDX-License-Identifier: Apache-2.0
"""The ways into a vault, and that every other way is shut."""

from __future__ import annotations

import dataclasses
import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout_desktop.domain.errors import (
    InputError,
    NotAllowed,
    VaultDamaged,
    VaultMissing,
    VaultTooNew,
    WrongKey,
)
from optout_desktop.domain.secrets import Secret
from optout_desktop.storage import keyslots
from optout_desktop.storage.data_key import DataKey, new_vault_id
from optout_desktop.storage.keyslots import (
    LEAST_COST,
    Argon2Cost,
    KeySlots,
    calibrated,
    read_key_slots,
    write_key_slots,
)
from optout_desktop.storage.recovery_codes import new_code
from tests.storage import notebook

PASSPHRASE = Secret("granite lantern otter forty")
OTHER = Secret("velvet harbour seventeen crows")
QUICK = notebook.QUICK


@pytest.fixture
def made():
    return KeySlots.create(PASSPHRASE, QUICK)


def test_the_passphrase_opens_the_vault(made):
    slots, key = made

    assert slots.open(PASSPHRASE) == key


def test_the_least_cost_is_that_of_the_design():
    assert Argon2Cost(rounds=3, memory_kib=65536, lanes=4) == LEAST_COST


def test_a_vault_made_at_the_least_cost_opens():
    slots, key = KeySlots.create(PASSPHRASE)

    assert KeySlots.from_json(slots.to_json()).open(PASSPHRASE) == key


def test_two_vaults_have_nothing_in_common():
    (one, first), (two, second) = KeySlots.create(PASSPHRASE, QUICK), KeySlots.create(PASSPHRASE, QUICK)

    assert one.vault != two.vault
    assert first.exposed() != second.exposed()
    assert one.passphrase.salt != two.passphrase.salt


@pytest.mark.parametrize(
    "wrong",
    ["granite lantern otter fort", "Granite lantern otter forty", " granite lantern otter forty", "x"],
)
def test_any_other_passphrase_does_not_open_it(made, wrong):
    slots, _ = made

    with pytest.raises(WrongKey):
        slots.open(Secret(wrong))


def test_a_passphrase_is_taken_as_it_was_typed():
    slots, _ = KeySlots.create(Secret("Zo\u00eb walks the dog"), QUICK)

    with pytest.raises(WrongKey):
        slots.open(Secret("Zoe\u0308 walks the dog"))


def test_a_new_passphrase_opens_the_same_vault_and_the_old_one_no_longer_does(made):
    slots, key = made

    changed = slots.with_passphrase(key, OTHER, QUICK)

    assert changed.open(OTHER) == key
    with pytest.raises(WrongKey):
        changed.open(PASSPHRASE)


def test_a_new_passphrase_leaves_the_other_ways_open(made):
    slots, key = made
    slots, code = slots.with_recovery(key)
    slots, kept = slots.with_keyring(key, "Secret Service")

    changed = slots.with_passphrase(key, OTHER, QUICK)

    assert changed.open_with_recovery(code) == changed.open_with_keyring(kept) == key


def test_a_key_of_another_vault_is_never_wrapped(made):
    slots, _ = made

    with pytest.raises(ValueError, match="another vault"):
        slots.with_passphrase(DataKey.fresh(new_vault_id()), OTHER, QUICK)


def test_the_recovery_code_opens_the_vault_however_it_is_typed(made):
    slots, key = made
    slots, code = slots.with_recovery(key)
    sloppy = Secret(" " + code.reveal().lower().replace("-", " ") + " ")

    assert slots.open_with_recovery(code) == key
    assert slots.open_with_recovery(sloppy) == key


def test_another_vaults_code_is_wrong_and_a_mistyped_one_is_a_mistake(made):
    slots, key = made
    slots, code = slots.with_recovery(key)
    text = code.reveal()
    mistyped = ("3" if text[0] == "2" else "2") + text[1:]

    with pytest.raises(WrongKey):
        slots.open_with_recovery(new_code())
    with pytest.raises(InputError, match="typing mistake"):
        slots.open_with_recovery(Secret(mistyped))


def test_a_new_recovery_code_shuts_the_old_one_out(made):
    slots, key = made
    slots, first = slots.with_recovery(key)
    slots, second = slots.with_recovery(key)

    assert slots.open_with_recovery(second) == key
    with pytest.raises(WrongKey):
        slots.open_with_recovery(first)


def test_what_the_keyring_kept_opens_the_vault_and_anything_else_does_not(made):
    slots, key = made
    slots, kept = slots.with_keyring(key, "Secret Service")

    assert slots.open_with_keyring(kept) == key
    assert slots.keyring is not None
    assert slots.keyring.keyring == "Secret Service"
    with pytest.raises(WrongKey):
        slots.open_with_keyring(Secret("00" * 32))


def test_a_way_that_was_taken_away_opens_nothing(made):
    slots, key = made
    slots, code = slots.with_recovery(key)
    slots, kept = slots.with_keyring(key, "KWallet")

    bare = slots.without_keyring().without_recovery()

    with pytest.raises(WrongKey):
        bare.open_with_recovery(code)
    with pytest.raises(WrongKey):
        bare.open_with_keyring(kept)
    assert bare.open(PASSPHRASE) == key


def test_a_slot_is_taken_away_by_its_id_and_the_passphrases_never(made):
    slots, key = made
    slots, _ = slots.with_recovery(key)

    assert slots.without(slots.recovery.id).recovery is None
    with pytest.raises(NotAllowed):
        slots.without(slots.passphrase.id)


class TestTheFile:
    def test_it_is_read_as_it_was_written(self, folder, made):
        slots, key = made
        slots, _ = slots.with_recovery(key)
        slots, _ = slots.with_keyring(key, "Secret Service")
        notebook.written(folder, 0)

        write_key_slots(folder, slots)

        assert read_key_slots(folder) == slots
        assert stat.S_IMODE((folder / "keyslots.json").stat().st_mode) == 0o600
        assert not (folder / "keyslots.json.new").exists()

    def test_it_holds_neither_key_nor_secret(self, made):
        slots, key = made
        slots, code = slots.with_recovery(key)
        slots, kept = slots.with_keyring(key, "Secret Service")
        text = slots.to_json().decode()

        found = [
            s for s in (PASSPHRASE.reveal(), code.reveal(), kept.reveal(), key.exposed().hex()) if s in text
        ]

        assert found == []

    def test_a_missing_file_is_damage_and_a_missing_vault_is_missing(self, folder):
        with pytest.raises(VaultMissing):
            read_key_slots(folder)
        notebook.written(folder, 0)
        (folder / "keyslots.json").unlink()
        with pytest.raises(VaultDamaged):
            read_key_slots(folder)

    def test_a_giant_file_is_not_read(self, folder):
        notebook.written(folder, 0)
        (folder / "keyslots.json").write_bytes(b" " * (keyslots.LARGEST_FILE_BYTES + 1))

        with pytest.raises(VaultDamaged):
            read_key_slots(folder)

    def test_a_later_format_is_refused(self, made):
        record = json.loads(made[0].to_json()) | {"version": 2}

        with pytest.raises(VaultTooNew):
            KeySlots.from_json(json.dumps(record).encode())

    @pytest.mark.parametrize(
        ("part", "value"),
        [
            ("rounds", 17),
            ("rounds", 0),
            ("memory_kib", 1048577),
            ("memory_kib", 7),
            ("lanes", 17),
            ("lanes", 0),
        ],
    )
    def test_an_impossible_cost_is_refused_before_any_of_it_is_paid(self, made, part, value):
        slots, _ = made
        record = json.loads(slots.to_json())
        record["slots"][0]["argon2id"][part] = value

        with pytest.raises(VaultDamaged, match="damaged") as caught:
            KeySlots.from_json(json.dumps(record).encode())

        assert "amount of work" in caught.value.detail

    def test_a_slot_built_by_hand_with_an_impossible_cost_is_not_paid_either(self, made):
        slots, _ = made
        dear = dataclasses.replace(slots.passphrase, cost=Argon2Cost(rounds=1000))

        with pytest.raises(VaultDamaged):
            dataclasses.replace(slots, passphrase=dear).open(PASSPHRASE)

    @pytest.mark.parametrize("field", ["id", "argon2id", "salt", "nonce", "wrapped", "vault"])
    def test_any_changed_field_shuts_the_slot(self, made, field):
        slots, _ = made
        record = json.loads(slots.to_json())
        entry = record if field == "vault" else record["slots"][0]
        if field == "argon2id":
            entry[field]["rounds"] += 1
        else:
            entry[field] = ("1" if entry[field][0] == "0" else "0") + entry[field][1:]

        with pytest.raises(WrongKey):
            KeySlots.from_json(json.dumps(record).encode()).open(PASSPHRASE)

    def test_a_slot_of_another_vault_does_not_open_this_one(self, made):
        slots, _ = made
        other, _ = KeySlots.create(PASSPHRASE, QUICK)

        with pytest.raises(WrongKey):
            dataclasses.replace(slots, passphrase=other.passphrase).open(PASSPHRASE)

    @given(content=st.binary(max_size=300))
    def test_any_bytes_are_damage(self, content):
        with pytest.raises(VaultDamaged):
            KeySlots.from_json(content)

    @given(data=st.data())
    def test_a_cut_or_turned_file_never_gives_another_key(self, data):
        slots, key = KeySlots.create(PASSPHRASE, QUICK)
        content = bytearray(slots.to_json())
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= 1 << data.draw(st.integers(0, 7))

        try:
            opened = KeySlots.from_json(bytes(content)).open(PASSPHRASE)
        except (VaultDamaged, VaultTooNew, WrongKey):
            return
        assert opened.exposed() == key.exposed()

    @pytest.mark.parametrize("content", [b"[" * 60_000, b"[]", b"null", b'{"format": "optout-keyslots"}'])
    def test_well_formed_nonsense_is_damage(self, content):
        with pytest.raises(VaultDamaged):
            KeySlots.from_json(content)


class TestCalibration:
    @pytest.mark.parametrize("seconds_a_round", [0.001, 0.03, 0.06, 0.1, 0.13])
    def test_a_fast_machine_pays_more_rounds_and_never_less_than_the_least(self, seconds_a_round):
        cost = calibrated(lambda cost: cost.rounds * seconds_a_round)

        assert cost.memory_kib == LEAST_COST.memory_kib
        assert cost.lanes == LEAST_COST.lanes
        assert LEAST_COST.rounds <= cost.rounds <= 16
        assert 0.4 <= cost.rounds * seconds_a_round <= 0.8 or cost.rounds == 16

    def test_a_slow_machine_pays_the_least(self):
        assert calibrated(lambda cost: cost.rounds * 2.0) == LEAST_COST
