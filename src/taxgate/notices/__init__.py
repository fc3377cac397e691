"""Notices (一次性告知书) and referrals (书面告知) in Chinese and in English.

One notice per addressee, with all of that addressee's reasons and only those. What another party
owes, holds or lacks never stands in it, nor a seal that is not yet recorded, nor an amount.

Source: Order No. 307 Art. 19, 24 to 27, 29; Administrative Reconsideration Law Art. 20;
Administrative Litigation Law Art. 46; Tax Collection Law Art. 88; the handling times are named in
`taxgate.wording.forms`.

Not encoded: whether and how a notice was served (送达).
"""

from __future__ import annotations

from .composing import notices, notices_in
from .notice import Notice, NoticeItem
from .referring import referral_text

__all__ = ["Notice", "NoticeItem", "notices", "notices_in", "referral_text"]
