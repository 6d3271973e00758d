"""Numbers that a button may carry: a forged one holds no more than a real one could."""

from typing import Annotated

from pydantic import Field

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]  # of a row
IdOrNone = Annotated[int, Field(ge=0, le=2**63 - 1)]  # 0: no row in particular
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]
Page = Annotated[int, Field(ge=0, le=2**31 - 1)]
