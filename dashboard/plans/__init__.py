"""Plans asked for by readers of the screen: what is wanted, the processes that solve it, and files of it.

A plan takes up to some ten seconds, so it is never made in a process that answers readers: what is wanted
is laid on disk under a key, processes of their own solve it, and any worker can tell how far it is.
"""
