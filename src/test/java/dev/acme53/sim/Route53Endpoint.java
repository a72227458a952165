package dev.acme53.sim;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/// Route 53's address: which operation is asked, by whom, within which quota and with which right; then
/// [Route53Operations].
final class Route53Endpoint implements AwsServer.Service {
    private static final String VERSION = "/2013-04-01/";

    private final HostedZones zones;
    private final Accounts accounts;
    private final Authentication authentication;
    private final Quotas quotas;
    private final Faults faults;
    private final SimulatorSettings settings;
    private final Route53Operations operations;

    Route53Endpoint(HostedZones zones, Accounts accounts, Faults faults, SimulatorSettings settings) {
        this.zones = zones;
        this.accounts = accounts;
        this.authentication = new Authentication(accounts, settings);
        this.quotas = new Quotas(settings);
        this.faults = faults;
        this.settings = settings;
        this.operations = new Route53Operations(zones, settings);
    }

    /// What a request line asks for.
    ///
    /// @param id of the zone or change, decoded; empty when the operation has none
    record Route(Operation operation, String action, String id) {
        static Route of(Request request) {
            var path = request.path().startsWith(VERSION) ? request.path().substring(VERSION.length()) : "";
            var parts = List.of(path.split("/"));
            var id = parts.size() > 1 ? URLDecoder.decode(parts.get(1), StandardCharsets.UTF_8) : "";
            var operation =
                    switch (request.method() + " " + parts.getFirst() + (parts.size() > 2 ? "/" + parts.get(2) : "")) {
                        case "POST hostedzone/rrset" -> Operation.CHANGE_RESOURCE_RECORD_SETS;
                        case "GET hostedzone/rrset" -> Operation.LIST_RESOURCE_RECORD_SETS;
                        case "GET change" -> Operation.GET_CHANGE;
                        case "GET hostedzonesbyname" -> Operation.LIST_HOSTED_ZONES_BY_NAME;
                        case "POST hostedzone" -> Operation.CREATE_HOSTED_ZONE;
                        default -> Operation.OTHER;
                    };
            var action = operation == Operation.OTHER ? request.method() + " " + request.path() : operation.action();
            return new Route(operation, action, id);
        }
    }

    @Override
    public Answer answer(CallInProgress call, String requestId) {
        var route = Route.of(call.request());
        call.asks(route.operation(), route.action(), call.request().parameters());
        var identity = authentication.authenticate(call, "route53");
        AwsServer.pause(
                route.operation() == Operation.CHANGE_RESOURCE_RECORD_SETS ? Duration.ZERO : settings.answerAfter());
        return new Answer(
                route.operation() == Operation.CREATE_HOSTED_ZONE ? 201 : 200,
                "",
                switch (route.operation()) {
                    case CHANGE_RESOURCE_RECORD_SETS -> change(call, identity, route.id());
                    case LIST_RESOURCE_RECORD_SETS -> listRecords(call, identity, route.id());
                    case GET_CHANGE ->
                        simple(
                                call,
                                identity,
                                "arn:aws:route53:::change/" + route.id(),
                                (account, _) -> operations.getChange(route.id(), account));
                    case LIST_HOSTED_ZONES_BY_NAME ->
                        simple(
                                call,
                                identity,
                                "*",
                                (account, request) -> operations.listZonesByName(account, request.parameters()));
                    case CREATE_HOSTED_ZONE ->
                        simple(
                                call,
                                identity,
                                "*",
                                (account, request) -> operations.createZone(account, request.body()));
                    case ASSUME_ROLE, ASSUME_ROLE_WITH_WEB_IDENTITY, GET_CALLER_IDENTITY, OTHER ->
                        throw Refusal.accessDenied(identity.arn(), "route53:" + route.action(), "*");
                });
    }

    private String simple(
            CallInProgress call, Identity identity, String resource, BiFunction<String, Request, String> operation) {
        faults.strike(call);
        quotas.take(identity.account(), call.operation(), 0);
        accounts.require(identity, new IamRequest(call.operation().iamAction(), resource));
        return operation.apply(identity.account(), call.request());
    }

    private String listRecords(CallInProgress call, Identity identity, String zoneId) {
        call.of(zoneId);
        return simple(call, identity, Route53Operations.zoneArn(zoneId), (_, request) -> {
            requireOwner(identity, zoneId);
            return operations.listRecords(zoneId, request.parameters());
        });
    }

    private String change(CallInProgress call, Identity identity, String zoneId) {
        call.of(zoneId);
        var batch = BatchXml.parse(call.request().body());
        call.changing(batch.changes().size());
        faults.strike(call);
        quotas.take(identity.account(), call.operation(), batch.changes().size());
        accounts.require(identity, Route53Operations.iamRequest(zoneId, batch.changes()));
        requireOwner(identity, zoneId);
        zones.begin(zoneId);
        try {
            AwsServer.pause(settings.answerAfter());
            return operations.changeRecords(
                    zoneId,
                    batch,
                    new HostedZones.Caller(identity.arn(), identity.key().id()));
        } finally {
            zones.answered(zoneId);
        }
    }

    /// Zones of other accounts exist, but are nobody else's to touch. An id with a slash (`/hostedzone/Z…`
    /// percent-encoded) finds a 404 without any body, as users of SDKs that do not strip the prefix report.
    private void requireOwner(Identity identity, String zoneId) {
        if (zoneId.contains("/")) {
            throw new Faults.Replaced(new Answer(404, "", ""));
        }
        var zone = zones.find(zoneId).orElseThrow(() -> Refusal.noSuchHostedZone(zoneId));
        if (!zone.account().equals(identity.account())) {
            throw new Refusal(
                    403,
                    "AccessDenied",
                    "User: %s is not authorized to access this resource".formatted(identity.arn()));
        }
    }

    @Override
    public Answer refused(Refusal refusal, String requestId) {
        boolean legacy =
                refusal.legacy() || refusal.code().equals("InvalidChangeBatch") && settings.legacyInvalidChangeBatch();
        return new Answer(
                refusal.status(), refusal.code(), legacy ? legacy(refusal, requestId) : current(refusal, requestId));
    }

    private static String current(Refusal refusal, String requestId) {
        return Xml.document(
                "ErrorResponse",
                Route53Operations.NAMESPACE,
                Xml.tag(
                        "Error",
                        Xml.text("Type", refusal.status() < 500 ? "Sender" : "Receiver"),
                        Xml.text("Code", refusal.code()),
                        Xml.text("Message", refusal.text())),
                Xml.text("RequestId", requestId));
    }

    private static String legacy(Refusal refusal, String requestId) {
        return Xml.document(
                "InvalidChangeBatch",
                Route53Operations.NAMESPACE,
                Xml.tag(
                        "Messages",
                        refusal.messages().stream()
                                .map(m -> Xml.text("Message", m))
                                .toList()),
                Xml.text("RequestId", requestId));
    }
}
