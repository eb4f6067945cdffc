"""What Meta's channels share: signatures, the handshake, Graph calls, failures."""

from .answers import explained as explained
from .graph import Graph as Graph
from .signature import SIGNATURE_HEADER as SIGNATURE_HEADER
from .signature import challenge as challenge
from .signature import is_signed as is_signed
from .signature import sign as sign
