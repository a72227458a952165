/// README and guide, held to what they speak of.
package dev.acme53.docs;
