package dev.acme53.issuer;

import dev.acme53.account.AccountKeys;
import dev.acme53.acme.AcmeAccounts;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.FieldManagers;
import dev.acme53.api.Issuer;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.IssuerStatus;
import dev.acme53.reconcile.Errands;
import dev.acme53.reconcile.Informers;
import dev.acme53.reconcile.StageContext;
import dev.acme53.reconcile.StageRegistration;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import java.util.List;
import java.util.Optional;

/// The stages that give issuers their accounts (behaviour.md §5).
public final class IssuerStages {
    private static final int CALLS_AT_ONCE = 32;
    private static final int CALLS_OF_ONE = 16;

    private IssuerStages() {}

    /// Issuers, with Secrets of their own namespaces.
    public static StageRegistration<Issuer> issuers(StageContext context, AccountKeys keys, AcmeAccounts accounts) {
        var errands = errands("issuers", context);
        AccountLoop<Issuer> loop =
                loop(context, keys, accounts, errands, context.onlyNamespace(), FieldManagers.ISSUERS);
        return registration("issuers", Issuer.class, new IssuerReconciler(loop, context.kinds()), errands);
    }

    /// ClusterIssuers, with Secrets of the cluster resource namespace.
    public static StageRegistration<ClusterIssuer> clusterIssuers(
            StageContext context, AccountKeys keys, AcmeAccounts accounts) {
        var errands = errands("clusterissuers", context);
        AccountLoop<ClusterIssuer> loop = loop(
                context,
                keys,
                accounts,
                errands,
                Optional.of(context.clusterResourceNamespace()),
                FieldManagers.CLUSTER_ISSUERS);
        return registration(
                "clusterissuers", ClusterIssuer.class, new ClusterIssuerReconciler(loop, context.kinds()), errands);
    }

    private static <I extends CustomResource<IssuerSpec, IssuerStatus> & AnyIssuer> AccountLoop<I> loop(
            StageContext context,
            AccountKeys keys,
            AcmeAccounts accounts,
            Errands errands,
            Optional<String> secretNamespace,
            String fieldManager) {
        return new AccountLoop<>(
                context,
                new IssuerSecrets(context, keys),
                new Registrar(accounts),
                errands,
                secretNamespace,
                fieldManager);
    }

    private static Errands errands(String name, StageContext context) {
        return Errands.waiting(name, CALLS_AT_ONCE, CALLS_OF_ONE, context.clock());
    }

    private static <I extends CustomResource<IssuerSpec, IssuerStatus> & AnyIssuer> StageRegistration<I> registration(
            String name, Class<I> kind, Reconciler<I> reconciler, Errands errands) {
        return new StageRegistration<>(name, kind, reconciler, Informers::configure, List.of(errands));
    }
}
