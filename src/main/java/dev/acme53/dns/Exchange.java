package dev.acme53.dns;

import java.io.IOException;
import org.xbill.DNS.Message;

/// One question to one server over the network.
@FunctionalInterface
interface Exchange {
    /// Sends the question and waits.
    /// @return the answer, whatever its rcode
    /// @throws IOException when there is none in time
    Message ask(Nameserver server, Message query) throws IOException;
}
