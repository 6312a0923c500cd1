/**
 * What goes over the wire: signatures, ciphers, XML and JSON of WeChat, WeCom and WeChat Pay, written from the official
 * documentation with the JDK alone, so that they check the client library's instead of repeating it.
 */
@NullMarked
package io.homeroom.sandbox.wire;

import org.jspecify.annotations.NullMarked;
