/* SPDX-License-Identifier: Apache-2.0 */
/* Public keys for tests of policies, in the order of their bytes: no file is
 * needed for a key that is written itself. */
#ifndef TEST_POLICY_KEYS_H
#define TEST_POLICY_KEYS_H

#define KEY_1 "RWQBAQEBAQEBARERERERERERERERERERERERERERERERERERERERERER"
#define KEY_2 "RWQCAgICAgICAiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIi"
#define KEY_3 "RWQDAwMDAwMDAzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMz"

#define ID_1 "0101010101010101"
#define ID_2 "0202020202020202"
#define ID_3 "0303030303030303"

#endif
