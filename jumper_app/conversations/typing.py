"""An agent is typing a reply. Told to whoever listens, stored nowhere."""

from jumper_app.db import Work
from jumper_app.live import AgentTyping
from jumper_app.models import Conversation, Owner


def tell_typing(work: Work, *, conversation_id: int, agent_id: int) -> None:
    """Only of the agent who answers: a customer does not feel the others looking on."""
    conversation = work.get_one(Conversation, conversation_id)
    if conversation.owner == Owner.AGENT and conversation.agent_id == agent_id:
        work.tell(AgentTyping(conversation_id=conversation_id, agent_id=agent_id))
