"""Tests that stand with the source they are about and show what comes of a fault.

By number of the fault and source; a test is named by its file under `tests` and its name.
"""

from __future__ import annotations

from typing import Final

from fault_rows import AROUND, EXCHANGE, FILES, HTTP, MEMORY, REPLAY

_X = "adapters/test_exchange_database.py::"
_W = "adapters/test_exchange_database_worker.py::"
_T = "adapters/test_transport_faults.py::"
_TLS = "adapters/test_transport_tls.py::"
_CACHED = "adapters/test_cached.py::"
_ADDRESSES = "adapters/test_transport_addresses.py::"
_PROFILES = "adapters/test_http_profiles.py::"
_FILES = "adapters/test_drop_files.py::"
_CONTRACT = "adapters/test_contract.py::"

_CLASSES = {
    HTTP: _CONTRACT + "TestHttp",
    MEMORY: _CONTRACT + "TestInMemory",
    REPLAY: _CONTRACT + "TestReplay",
    **{
        kind: _CONTRACT + "Test" + "".join(part.capitalize() for part in kind.split("-"))
        for kind in AROUND
    },
    EXCHANGE: "adapters/test_exchange_database_contract.py::TestSqlite",
    FILES: "adapters/test_drop_files_contract.py::TestCsv",
}
"""The class by which each source keeps the contract."""

SHOWN: Final[dict[tuple[int, str], tuple[str, ...]]] = {
    (1, EXCHANGE): (_X + "test_nobody_at_the_port_is_an_outage_and_no_fault_of_the_configuration",),
    (2, HTTP): (_T + "test_a_name_without_an_address_is_a_dns_failure",),
    (3, EXCHANGE): (_X + "test_a_server_that_says_nothing_is_given_up_at_the_deadline",),
    (6, EXCHANGE): (_X + "test_a_server_that_says_nothing_is_given_up_at_the_deadline",),
    (4, EXCHANGE): (_X + "test_a_server_that_restarts_is_used_again",),
    (7, HTTP): (
        _TLS + "test_an_expired_certificate_is_refused",
        _TLS + "test_a_self_signed_certificate_is_refused",
        _TLS + "test_another_authority_is_refused",
    ),
    (8, HTTP): (
        _TLS + "test_a_certificate_for_another_name_is_refused",
        _TLS + "test_an_address_that_stands_only_in_the_subject_is_refused",
    ),
    (9, HTTP): (_TLS + "test_a_peer_that_speaks_only_old_tls_is_refused",),
    (10, HTTP): (
        _TLS + "test_a_client_certificate_only_the_bureau_can_refuse_is_a_tls_failure",
        _TLS + "test_a_client_certificate_that_cannot_work_is_refused_at_start",
    ),
    **{
        (64, source): (
            f"{name}::test_no_identifier_shows_in_an_answer",
            f"{name}::test_no_identifier_shows_in_an_outage",
        )
        for source, name in _CLASSES.items()
    },
    **{(81, source): (f"{name}::test_it_works_after_a_fork",) for source, name in _CLASSES.items()},
    (11, HTTP): (
        _ADDRESSES + "test_authorities_of_the_environment_are_not_trusted",
        _TLS + "test_authorities_of_requests_are_not_added_to_the_one_that_was_named",
        _TLS + "test_a_file_of_authorities_that_holds_none_is_refused_at_start",
    ),
    (12, HTTP): (
        _ADDRESSES + "test_proxies_of_the_environment_are_not_used",
        _ADDRESSES + "test_a_netrc_of_the_environment_is_not_used",
    ),
    (14, HTTP): (
        "adapters/test_http_replies.py::test_the_identifier_travels_in_the_body_only",
        "adapters/test_transport.py::test_what_would_smuggle_something_is_not_sent",
    ),
    (15, HTTP): (
        _ADDRESSES + "test_an_address_inside_is_refused_unless_it_is_named",
        _ADDRESSES + "test_an_address_written_oddly_is_refused_even_if_it_is_named",
        _ADDRESSES + "test_a_name_that_leads_inside_is_not_followed",
    ),
    (16, HTTP): (
        _ADDRESSES + "test_a_plain_http_name_stays_where_it_was_found",
        _ADDRESSES + "test_a_tls_name_that_moves_is_checked_where_it_leads",
    ),
    (20, HTTP): (
        _PROFILES + "test_a_refused_signature_renews_the_secret_once",
        _PROFILES + "test_a_second_refusal_leaves_the_gateway_alone",
    ),
    (21, HTTP): (_PROFILES + "test_both_envelopes_have_to_say_success",),
    (28, HTTP): (_PROFILES + "test_sums_flags_and_days_are_checked",),
    (32, HTTP): (_T + "test_no_reply_takes_much_memory",),
    (45, HTTP): (_PROFILES + "test_a_reply_field_by_field_is_bound_as_strictly",),
    (38, FILES): (_FILES + "test_further_columns_are_tolerated",),
    (45, FILES): (_FILES + "test_the_count_has_to_fit",),
    (70, FILES): (_FILES + "test_workbooks_with_anything_active_are_refused",),
    (72, FILES): (
        _FILES + "test_workbooks_that_hide_merge_or_compute_are_refused",
        _FILES + "test_a_zip_bomb_is_measured_and_not_unpacked",
        _FILES + "test_workbooks_with_anything_active_are_refused",
    ),
    (73, FILES): (
        _FILES + "test_csv_is_read_strictly",
        _FILES + "test_an_open_quote_that_swallows_rows_is_found_even_if_closed_again",
        _FILES + "test_the_count_has_to_fit",
    ),
    (74, FILES): (
        _FILES + "test_a_half_written_file_is_an_outage",
        _FILES + "test_a_file_renamed_late_is_awaited",
        _FILES + "test_a_file_replaced_after_it_was_read_is_not_used",
        _FILES + "test_links_are_not_followed",
        _FILES + "test_a_manifest_names_a_file_of_its_folder_only",
    ),
    (75, EXCHANGE): (
        _X + "test_an_answer_copied_from_another_request_does_not_fit",
        _X + "test_a_request_is_answered_once",
        _X + "test_late_answers_are_kept_and_not_used",
        _X + "test_a_row_updated_in_part_does_not_fit_its_seal",
    ),
    (76, EXCHANGE): (
        _W + "test_a_worker_that_dies_is_replaced",
        _W + "test_a_worker_that_comes_back_too_late_writes_nothing",
    ),
    (50, EXCHANGE): (
        _X + "test_a_push_only_says_what_to_ask_again",
        _X + "test_an_answer_to_no_request_is_never_used",
        _X + "test_a_forged_seal_is_refused",
    ),
    (77, "cached"): (
        _CACHED + "test_a_storm_of_misses_makes_one_call",
        _CACHED + "test_no_answer_is_anothers",
    ),
    (78, "cached"): (
        _CACHED + "test_no_two_questions_share_an_answer",
        _CACHED + "test_two_sources_share_nothing",
        _CACHED + "test_what_is_kept_cannot_be_changed_by_who_gets_it",
    ),
    (79, "cached"): (
        _CACHED + "test_after_its_time_the_answer_is_asked_for_anew",
        _CACHED + "test_max_age_nought_asks_live_and_replaces_what_was_kept",
        _CACHED + "test_a_second_question_is_answered_from_the_cache_and_says_so",
    ),
    (80, "gate"): (
        "test_gate.py::test_an_asynchronous_check_ends_at_its_deadline_and_can_be_cancelled",
    ),
    (82, "breaker"): (
        "adapters/test_breaker.py::test_no_stampede_when_the_pause_is_over",
        "adapters/test_breaker.py::test_each_source_has_a_circuit_of_its_own",
    ),
    (84, "fallback"): (
        "adapters/test_fallback.py::test_any_answer_of_the_first_is_the_answer",
        "adapters/test_fallback.py::test_only_a_source_that_could_not_be_asked_has_a_successor",
    ),
}
