/**
 * Policies that were written in Rego and compiled to WebAssembly by OPA: they are given JSON, and
 * give violations. They are run apart from everything else, for a limited time in limited memory.
 */
@NullMarked
package plimsoll.rego;

import org.jspecify.annotations.NullMarked;
