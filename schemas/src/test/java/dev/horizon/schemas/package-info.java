/** Tests of the schemas, and the maker of the golden vectors. */
package dev.horizon.schemas;
