/**
 * WeCom's server: tokens and messages of the self-built app that class teachers use, its menu and login, and the group
 * robots, with the limits and error codes of the official documentation.
 */
@NullMarked
@NamedInterface("wecom")
package io.homeroom.sandbox.wecom;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
