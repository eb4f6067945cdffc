"""Demo only: phones that play customers, and the stand-in for Meta's Graph API they sit on.

It knows nothing of the app behind the webhook: it keeps a store of its own, answers as
Meta documents, and posts signed webhooks over HTTP to whatever address it was given.
"""
