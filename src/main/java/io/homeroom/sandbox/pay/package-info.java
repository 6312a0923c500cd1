/**
 * WeChat Pay v3 as a merchant meets it: orders for JSAPI and Native, queries, closing, refunds and trade bills, every
 * request's signature verified and every answer signed; notifications encrypted, signed, and repeated until they are
 * accepted.
 */
@NullMarked
package io.homeroom.sandbox.pay;

import org.jspecify.annotations.NullMarked;
