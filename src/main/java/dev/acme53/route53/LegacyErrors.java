package dev.acme53.route53;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// `InvalidChangeBatch` as the document's root with its messages below: the form that AWS used until it moved the code
/// into an `ErrorResponse`, and that emulators may still send. The SDK finds no code in it (route53.md §3.7).
final class LegacyErrors {
    static final String CODE = "InvalidChangeBatch";

    private LegacyErrors() {}

    /// Its messages; empty when the answer is not of this form.
    static List<String> messages(AwsServiceException e) {
        var details = e.awsErrorDetails();
        if (details.errorCode() != null || details.rawResponse() == null) {
            return List.of();
        }
        try {
            var reader = factory()
                    .createXMLStreamReader(
                            new ByteArrayInputStream(details.rawResponse().asByteArray()));
            return reader.nextTag() == XMLStreamReader.START_ELEMENT && CODE.equals(reader.getLocalName())
                    ? messages(reader)
                    : List.of();
        } catch (XMLStreamException _) {
            return List.of();
        }
    }

    private static List<String> messages(XMLStreamReader reader) throws XMLStreamException {
        var messages = new ArrayList<String>();
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamReader.START_ELEMENT
                    && reader.getLocalName().equals("Message")) {
                messages.add(reader.getElementText());
            }
        }
        return List.copyOf(messages);
    }

    /// An answer has no business with document types, entities or files.
    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
