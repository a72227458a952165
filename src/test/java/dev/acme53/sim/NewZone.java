package dev.acme53.sim;

/// A hosted zone to be made.
///
/// @param account the owner's twelve digits; empty for the simulator's own account
/// @param delegated whether the DNS above it points to it; of two public zones of one name at most one is
public record NewZone(String name, String account, boolean isPrivate, boolean delegated) {
    /// A public zone that DNS delegates to (unless an earlier one of the same name has the delegation).
    public static NewZone named(String name) {
        return new NewZone(name, "", false, true);
    }

    /// A zone for VPCs: listed like any other, invisible in DNS.
    public NewZone privately() {
        return new NewZone(name, account, true, false);
    }

    /// A public zone that nothing in DNS points to.
    public NewZone undelegated() {
        return new NewZone(name, account, isPrivate, false);
    }

    public NewZone inAccount(String owner) {
        return new NewZone(name, owner, isPrivate, delegated);
    }
}
