package dev.acme53.sim;

import java.time.Instant;

/// Whoever an access key stands for.
///
/// @param arn as AWS's messages name it: `arn:aws:iam::…:user/…` or `arn:aws:sts::…:assumed-role/…/…`
/// @param policyArn whose policy counts: the user, or the role of a session
/// @param sessionToken empty for a user's key
/// @param expires [Instant#MAX] for a user's key
record Identity(AccessKey key, String arn, String policyArn, String account, String sessionToken, Instant expires) {
    boolean isSession() {
        return !sessionToken.isEmpty();
    }

    @Override
    public String toString() {
        return "Identity[" + arn + "]";
    }
}
