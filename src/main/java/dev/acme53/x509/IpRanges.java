package dev.acme53.x509;

import org.bouncycastle.asn1.DEROctetString;

/// IP ranges in CIDR notation as a name constraint has them: address and mask, 8 or 32 octets (RFC 5280
/// §4.2.1.10).
final class IpRanges {
    private IpRanges() {}

    static DEROctetString octets(String cidr) throws Unusable {
        var slash = cidr.indexOf('/');
        var address =
                slash < 0 ? null : IpAddresses.parse(cidr.substring(0, slash)).orElse(null);
        if (address == null || !cidr.substring(slash + 1).matches("[0-9]{1,3}")) {
            throw new Unusable("an ipRanges entry of nameConstraints is not in CIDR notation");
        }
        var bits = Integer.parseInt(cidr.substring(slash + 1));
        if (bits > address.length * 8) {
            throw new Unusable("an ipRanges entry of nameConstraints has too long a prefix");
        }
        var octets = new byte[address.length * 2];
        for (var i = 0; i < address.length; i++) {
            var mask = 0xff << (8 - Math.clamp(bits - 8L * i, 0, 8)) & 0xff;
            octets[i] = (byte) (address[i] & mask);
            octets[address.length + i] = (byte) mask;
        }
        return new DEROctetString(octets);
    }
}
