"""What every value of the contract is, and units of size."""

from pydantic import BaseModel, ConfigDict

KIB = 1024
MIB = 1024 * KIB


class Frozen(BaseModel):
    """A value: made once, compared by its content."""

    model_config = ConfigDict(frozen=True, extra="forbid")
