"""What both ends know by heart before the first byte, so that it need not travel: the words of messages, and of a reply
the request that it answers. Compression itself is the transports' part."""

CODING = "zstd+"
"""The Content-Encoding of a request and its reply: a zstd frame made with a dictionary of raw content. A reply may come
so when its request did. Idle looks, which are most of the traffic, take a third of their bytes."""

WORDS = (
    b"\xa8protocol\x02\xa6schema\x02\xa6device\xc4\x10\xa7request\xa5epoch\xc4\x10\xa6cursor\x83\xa3ref\xa4seen\x83\xa3ref"
    b"\x91\x92\xc4\x08\xa4held\xc0\xa5fresh\x90\xabfrom_cursor\xa6gained\x90\xa4lost\x90\xa7removed\x90\xa4held\x90"
    b"\xa6tables\x80\xa6cursor\x83\xa4more\xc2\xaaserver_now\xcf\x00\x00\x01\xa2\xa4rows\xa4sums\x83\xa3ref\x92\xcf"
    b"\xa9backed_up\xc0\xa5lease\xce\x24\x0c\x84\x00\xd9\x27device:01a2\xd9\x25desk:01a2"
)
"""The dictionary of requests: pieces of messages as they are encoded. It never changes under the name of CODING; words
that it lacks only cost their length."""

_FROM_REQUEST = 4_096


def of_reply(request: bytes) -> bytes:
    """The dictionary of the reply to a request, given as its plain body: an idle reply says most of it again."""
    return WORDS + request[:_FROM_REQUEST]
