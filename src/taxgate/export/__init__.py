"""Decision tables for others (决策表导出): as text for people, as DMN and JDM for other engines.

What stands here is rendered from the tables that decide, never kept beside them. `dmn` and `jdm`
are imported where they are needed.
"""

from __future__ import annotations

from .sheets import Sheet, sheet, tables

__all__ = ["Sheet", "sheet", "tables"]
