"""Messages that the channel approved beforehand: kept, offered, filled in, sent.

``shelf`` keeps what the provider tells; ``offers`` is what an agent may choose from;
``filling`` makes a message of a form and values; ``sending`` sends it.
"""
