package dev.acme53.aws;

import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/// One line for each call to AWS, at DEBUG, with the request id that AWS's support asks for and that no status may hold
/// (route53.md R60, R63). Neither headers nor bodies.
final class CallLog implements ExecutionInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(CallLog.class);

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (LOG.isDebugEnabled()) {
            var id = context.response() instanceof AwsResponse answer
                    ? answer.responseMetadata().requestId()
                    : "";
            line(attributes, context.httpResponse().statusCode(), "", id);
        }
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (LOG.isDebugEnabled()) {
            var thrown = context.exception();
            if (thrown instanceof AwsServiceException answered) {
                var id = Objects.requireNonNullElse(answered.requestId(), "");
                line(attributes, answered.statusCode(), StaleCredentials.code(answered), id);
            } else {
                line(attributes, 0, thrown.getClass().getSimpleName(), "");
            }
        }
    }

    /// @param status 0 without an answer
    private static void line(ExecutionAttributes attributes, int status, String error, String requestId) {
        LOG.atDebug()
                .addKeyValue("service", attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME))
                .addKeyValue("operation", attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME))
                .addKeyValue("region", attributes.getAttribute(AwsExecutionAttribute.AWS_REGION))
                .addKeyValue("status", status)
                .addKeyValue("error", error)
                .addKeyValue("request_id", requestId)
                .log("AWS call");
    }
}
