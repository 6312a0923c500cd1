/**
 * The phones: people who follow an official account and staff who use WeCom, what is on their screens, and what their
 * fingers make WeChat send to the application's callbacks.
 */
@NullMarked
@NamedInterface("phone")
package io.homeroom.sandbox.phone;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
