package dev.acme53.sim;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// The little XML that AWS's protocols need: written as text, read as elements by local name.
final class Xml {
    private Xml() {}

    static String document(String root, String namespace, String... content) {
        return "<?xml version=\"1.0\"?>\n<%s xmlns=\"%s\">%s</%s>"
                .formatted(root, namespace, String.join("", content), root);
    }

    static String tag(String name, String... content) {
        return "<%s>%s</%s>".formatted(name, String.join("", content), name);
    }

    static String tag(String name, List<String> content) {
        return tag(name, content.toArray(String[]::new));
    }

    static String text(String name, Object value) {
        return tag(name, escaped(String.valueOf(value)));
    }

    /// Nothing at all for an empty value.
    static String textIfAny(String name, String value) {
        return value.isEmpty() ? "" : text(name, value);
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /// The root element; documents with a DTD are refused.
    ///
    /// @throws Refusal `MalformedInput`
    static Element parse(byte[] document) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(document)).getDocumentElement();
        } catch (SAXException | IOException | ParserConfigurationException _) {
            throw new Refusal(400, "MalformedInput", "Invalid XML");
        }
    }

    static List<Element> children(Element parent, String name) {
        var found = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getLocalName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    static Optional<Element> child(Element parent, String name) {
        return children(parent, name).stream().findFirst();
    }

    static Optional<String> childText(Element parent, String name) {
        return child(parent, name).map(Element::getTextContent);
    }

    static List<String> childNames(Element parent) {
        var names = new ArrayList<String>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                names.add(element.getLocalName());
            }
        }
        return names;
    }
}
