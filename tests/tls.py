"""Certificates for tests: one authority per folder, and what it vouches for."""

from __future__ import annotations

import ssl
import warnings
from datetime import UTC, datetime, timedelta

import trustme

NOW = datetime.now(UTC)


class Certificates:
    """A certification authority that a test may have everything signed by."""

    def __init__(self, folder):
        self._folder = folder
        self._count = 0
        self._ca = trustme.CA(key_type=trustme.KeyType.ECDSA)
        self.ca_file = folder / "ca.pem"
        self._ca.cert_pem.write_to_path(str(self.ca_file))

    def server(self, *names, common_name=None, expired=False, clients=False, old=False):
        """Return how a server speaks TLS that is certified for *names*.

        Args:
            names: Host names and IP addresses.
            common_name: What an old-fashioned certificate has as its subject.
            expired: Whether the certificate ran out yesterday.
            clients: Whether it wants certificates of this authority from who connects.
            old: Whether it speaks nothing newer than TLS 1.1.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        until = {"not_after": NOW - timedelta(days=1)} if expired else {}
        if expired:
            until["not_before"] = NOW - timedelta(days=30)
        self._ca.issue_cert(
            *names, common_name=common_name, key_type=trustme.KeyType.ECDSA, **until
        ).configure_cert(context)
        if clients:
            context.verify_mode = ssl.CERT_REQUIRED
            self._ca.configure_trust(context)
        if old:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                context.set_ciphers("ALL:@SECLEVEL=0")
                context.minimum_version = ssl.TLSVersion.TLSv1
                context.maximum_version = ssl.TLSVersion.TLSv1_1
        return context

    def self_signed(self):
        """Return how a server speaks TLS whose certificate vouches for itself."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._count += 1
        path = self._folder / f"self-{self._count}.pem"
        self._ca.private_key_pem.write_to_path(str(path))
        self._ca.cert_pem.write_to_path(str(path), append=True)
        context.load_cert_chain(str(path))
        return context

    def client(self, *, expired=False):
        """Return the files with a client's certificate and its key."""
        until = {}
        if expired:
            until = {"not_before": NOW - timedelta(days=30), "not_after": NOW - timedelta(days=1)}
        leaf = self._ca.issue_cert("office.test", key_type=trustme.KeyType.ECDSA, **until)
        self._count += 1
        certificate = self._folder / f"client-{self._count}.pem"
        key = self._folder / f"client-{self._count}.key"
        for blob in leaf.cert_chain_pems:
            blob.write_to_path(str(certificate), append=True)
        leaf.private_key_pem.write_to_path(str(key))
        return certificate, key
