/**
 * The official account's API server ({@code api}, {@code open} and {@code mp} hosts): tokens, menu, QR codes,
 * customer-service and template messages, users, tickets and the OAuth page, with the error codes of the official
 * documentation.
 */
@NullMarked
package io.homeroom.sandbox.weixin;

import org.jspecify.annotations.NullMarked;
