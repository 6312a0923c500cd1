/**
 * What tests stand on: a database of their own (H2, or a real MySQL 8 with {@code -Pmysql}) and the machine's Chromium.
 * Whatever is missing on a machine is reported as skipped, by name and with what to install.
 */
@NullMarked
package io.homeroom.testing;

import org.jspecify.annotations.NullMarked;
