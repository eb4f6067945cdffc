"""Message shortcuts: ``/code`` in the composer becomes a text that was written before.

``variables`` and ``rules`` say what a shortcut may hold (pure), ``keeping`` writes,
``reading`` reads, ``sheet`` and ``importing`` turn shortcuts into a table and back.
"""
